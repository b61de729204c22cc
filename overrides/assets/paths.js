// The path finder: shows the paths that were computed when the site was built, and keeps the choice in the address.

import { lightPath, pinRole } from "./map.js";
import { choose, copy, dataAddress, fill, load, missing, readState, wordsOf, writeState } from "./shared.js";

const tool = document.querySelector("#rb-finder");
const form = tool.querySelector("form");
const result = tool.querySelector(".rb-result");
const said = tool.querySelector("[role=status]");
const words = wordsOf(tool);
let turn = 0;

/** Show what the address asks for. */
async function show({ focus = false } = {}) {
  const state = readState();
  const from = choose(form.elements.from, state.get("from"));
  const to = choose(form.elements.to, state.get("to"));
  const mine = ++turn;
  let found = { parts: [] };
  try {
    if (from && from === to) found = { parts: [paragraph(words.same)] };
    else if (from) found = await answer(from, to);
  } catch (error) {
    console.info(error);
    found = { parts: [paragraph(words.failed)] };
  }
  if (mine !== turn) return; // the choice has changed while this was loading
  const { parts, roles } = found;
  result.replaceChildren(...parts);
  said.textContent = parts.map((part) => part.querySelector("h3")?.textContent ?? part.textContent).join("\n");
  if (roles) lightPath(roles);
  else if (from) pinRole(from);
  else lightPath([]);
  if (focus) result.querySelector("h3")?.focus();
}

async function answer(from, to) {
  const [start, roles, moves] = await Promise.all([load(tool, `roles/${from}`), load(tool, "roles"), load(tool, "moves")]);
  const known = Object.fromEntries(roles.roles.map((role) => [role.id, role]));
  const joined = Object.fromEntries(moves.moves.map((move) => [`${move.start} ${move.end}`, move]));
  if (!to) return { parts: [reach(start.paths, known)] };
  const found = start.paths.find((path) => path.to === to);
  if (!found) return { parts: [nowhere(from, to, start.paths, known)] };
  const { shortest, easiest } = found;
  const isBoth = shortest.roles.join() === easiest.roles.join();
  const told = isBoth ? [[words.both, shortest]] : [[words.shortest, shortest], [words.easiest, easiest]];
  return { parts: told.map(([title, chain]) => path(title, chain, known, joined)), roles: shortest.roles };
}

const linkTo = (role) => [role.title, dataAddress(tool, role.url)];

/** List every role within reach, the nearest first. */
function reach(paths, known) {
  const part = copy(tool, "reach");
  const far = ({ shortest, to }) => shortest.roles.length * 100 + known[to].level;
  const ordered = [...paths].sort((a, b) => far(a) - far(b));
  for (const { to, shortest } of ordered) {
    const via = shortest.roles.slice(1, -1).map((role) => known[role].title).join(words.then);
    const item = fill(copy(tool, "reached"), {
      role: linkTo(known[to]),
      level: known[to].level_label,
      moves: String(shortest.roles.length - 1),
      via,
    });
    item.querySelector("[data-show]").addEventListener("click", () => go({ to }));
    part.querySelector("ul").append(item);
  }
  part.querySelector("[data-empty]").hidden = paths.length > 0;
  return part;
}

/** Tell a path move by move. */
function path(title, { roles, months, steps }, known, joined) {
  const part = copy(tool, "path");
  const hops = roles.slice(1).map((to, index) => joined[`${roles[index]} ${to}`]);
  part.querySelector("h3").textContent = title;
  fill(part, {
    moves: String(hops.length),
    months: months.join("–"),
    steps: steps === null ? "–" : String(steps),
  });
  part.querySelector("ol").append(...hops.map((hop) => hopPart(hop, known)));
  return part;
}

function hopPart(hop, known) {
  const part = fill(copy(tool, "hop"), {
    role: linkTo(known[hop.end]),
    kind: hop.kind_label,
    level: hop.level_label,
    time: hop.months_label,
    why: hop.why,
  });
  part.classList.add(`rb-move--${hop.kind}`);
  part.querySelector("[data-page]").href = dataAddress(tool, hop.url);
  const asked = [...hop.rises, ...hop.new].map((change) => item(`${change.title}${words.colon}${change.label}`));
  const nothing = hop.steps === null ? words.draft : words.nothing;
  part.querySelector("ul").append(...(asked.length ? asked : [item(nothing)]));
  return part;
}

/** Tell which role within reach, and not above the goal, comes nearest to one that no path leads to. */
function nowhere(from, to, paths, known) {
  const part = copy(tool, "none");
  part.dataset.none = "";
  const within = paths.map((path) => path.to).filter((id) => known[id].level <= known[to].level);
  const gaps = [from, ...within].map((id) => {
    const has = Object.fromEntries(known[id].skills.map((skill) => [skill.skill, skill.rank]));
    const asked = missing(has, known[to].skills);
    return { id, asked, steps: asked.reduce((total, need) => total + need.steps, 0) };
  });
  const nearest = gaps.reduce((best, gap) => (gap.steps < best.steps ? gap : best));
  fill(part, { role: linkTo(known[nearest.id]) });
  part.querySelector("[data-self]").hidden = nearest.id !== from;
  part.querySelector("[data-other]").hidden = nearest.id === from;
  const button = part.querySelector("[data-show]");
  button.addEventListener("click", () => go({ to: nearest.id }));
  const asked = nearest.asked.map((need) => item(`${need.title}${words.colon}${need.label}`));
  const nothing = known[to].skills.length ? words.nothing : words.draft;
  part.querySelector("ul").append(...(asked.length ? asked : [item(nothing)]));
  return part;
}

const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
const item = (text) => Object.assign(document.createElement("li"), { textContent: text });

/** Change the choice and show it. */
function go(change) {
  writeState({ from: form.elements.from.value, to: form.elements.to.value, ...change });
  show({ focus: true });
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", () => {
  writeState({ from: form.elements.from.value, to: form.elements.to.value });
  show();
});
form.querySelector("[data-swap]").addEventListener("click", () => {
  writeState({ from: form.elements.to.value, to: form.elements.from.value });
  show();
});
addEventListener("popstate", () => show());
tool.hidden = false;
show();
