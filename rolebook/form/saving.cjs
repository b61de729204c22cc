// Decap's server, for the form of this computer alone: pages of other sites could ask for it under a name of their own.

const express = require("express");
const { registerLocalGit } = require("decap-server/dist/middlewares");

const { PORT, ORIGIN } = process.env;

// Browsers name the page that asks; other programs need not.
function isOurs({ headers: { host, origin = ORIGIN } }) {
  return host === `127.0.0.1:${PORT}` && origin === ORIGIN;
}

const app = express();
app.use((request, response, next) => (isOurs(request) ? next() : response.sendStatus(403)));
registerLocalGit(app, { logLevel: "error" }).then(() => app.listen(Number(PORT), "127.0.0.1"));
