// Shows two or three roles side by side; the choice stands in the address.

import { choose, copy, dataAddress, load, readState, wordsOf, writeState } from "./shared.js";

const MOST = 4;
const tool = document.querySelector("#rb-compare");
const form = tool.querySelector("form");
const place = tool.querySelector(".rb-scroll");
const said = tool.querySelector("[role=status]");
const selects = ["first", "second", "third"].map((name) => form.elements[name]);
const differences = form.elements.differences;
const words = wordsOf(tool);
let turn = 0;

/** Show what the address asks for. */
async function show() {
  const state = readState();
  const asked = (state.get("roles") ?? "").split(",").map((role) => choose(selects[0], role));
  const known = [...new Set(asked)].filter(Boolean);
  selects.forEach((select, index) => choose(select, known[index]));
  differences.checked = state.get("differences") === "yes";
  const chosen = known.slice(0, selects.length);
  const mine = ++turn;
  place.replaceChildren();
  if (chosen.length < 2) {
    said.textContent = words.choose;
    return;
  }
  try {
    const roles = await Promise.all(chosen.map((role) => load(tool, `roles/${role}`)));
    if (mine !== turn) return; // the choice has changed while this was loading
    place.replaceChildren(table(roles));
    said.textContent = words.shown + words.colon + roles.map(({ role }) => role.title).join(words.comma);
  } catch (error) {
    console.info(error);
    said.textContent = words.failed;
  }
}

function table(roles) {
  const whole = copy(tool, "table");
  for (const { role } of roles) {
    const head = Object.assign(document.createElement("th"), { scope: "col" });
    head.append(link(role.title, dataAddress(tool, role.url)));
    whole.tHead.rows[0].append(head);
  }
  const row = (name, of) => ({ title: words[name], cells: roles.map(({ role }) => [of(role)]) });
  const facts = [
    row("level", (role) => role.level_label),
    row("track", (role) => role.track_label),
    row("family", (role) => role.family_title),
    row("summary", (role) => role.summary),
    { title: words.duties, cells: duties(roles) },
  ];
  whole.append(
    group(words.facts, roles, facts),
    group(words.skills, roles, aligned(roles, ({ role }) => role.skills, "skill", skillCell)),
    group(words.tools, roles, aligned(roles, ({ role }) => role.tools, "tool", (used) => [used.use_label])),
  );
  return whole;
}

/** Give each role's duties as a list; where only differences are shown, without those that all roles share. */
function duties(roles) {
  const shared = (id) => roles.every((role) => role.duties.some((duty) => duty.id === id));
  return roles.map((role) => {
    const shown = role.duties.filter((duty) => !differences.checked || !shared(duty.id));
    const list = document.createElement("ul");
    list.append(...shown.map((duty) => Object.assign(document.createElement("li"), { textContent: duty.title })));
    return list;
  });
}

/** Give a row for each thing that any of the roles has, in the order in which it is met. */
function aligned(roles, listOf, key, cellOf) {
  const lists = roles.map((role) => new Map(listOf(role).map((item) => [item[key], item])));
  const titles = new Map(lists.toReversed().flatMap((list) => [...list].map(([id, item]) => [id, item.title])));
  const order = new Set(lists.flatMap((list) => [...list.keys()]));
  return [...order].map((id) => ({
    title: titles.get(id),
    cells: lists.map((list) => (list.has(id) ? cellOf(list.get(id)) : ["–", words.none])),
  }));
}

const skillCell = (need) => [
  "●".repeat(need.rank) + "○".repeat(MOST - need.rank),
  `${need.label}${words.comma}${need.importance_label.toLocaleLowerCase(document.documentElement.lang)}`,
];

/** Make a group of rows; a cell is an element, a text, or a sign with the words that say the same. */
function group(title, roles, rows) {
  const body = document.createElement("tbody");
  const heading = Object.assign(body.insertRow().appendChild(document.createElement("th")), {
    scope: "rowgroup",
    colSpan: roles.length + 1,
    textContent: title,
    className: "rb-matrix__group",
  });
  const sameText = (cells) => new Set(cells.map((cell) => cell.textContent ?? String(cell))).size === 1;
  const shown = rows.filter(({ cells }) => !differences.checked || !sameText(cells));
  for (const { title: what, cells } of shown) {
    const row = body.insertRow();
    row.append(Object.assign(document.createElement("th"), { scope: "row", textContent: what }));
    for (const cell of cells) row.insertCell().append(...cellParts(cell));
  }
  heading.parentElement.hidden = shown.length === 0;
  return body;
}

function cellParts(cell) {
  if (cell instanceof Element) return [cell];
  const [text, say] = cell;
  if (!say) return [text];
  const sign = Object.assign(document.createElement("span"), { textContent: text, className: "rb-mark__dots" });
  sign.setAttribute("aria-hidden", "true");
  const isSeen = text.length === MOST; // the word of a proficiency stands beside its dots
  const word = Object.assign(document.createElement("span"), { textContent: say, className: isSeen ? "" : "rb-hidden" });
  return [sign, " ", word];
}

const link = (words, address) => Object.assign(document.createElement("a"), { textContent: words, href: address });

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", () => {
  const roles = selects.map((select) => select.value).filter(Boolean);
  writeState({ roles: [...new Set(roles)].join(","), differences: differences.checked ? "yes" : "" });
  show();
});
form.querySelector("[data-print]").addEventListener("click", () => print());
addEventListener("popstate", show);
tool.hidden = false;
show();
