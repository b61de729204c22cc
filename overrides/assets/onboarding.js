// The plan of the first weeks to tick off, in this browser only; as each helper's own list, as a file, and as a calendar.

import { calendar } from "./calendar.js";
import { followOtherTabs, keep, kept, offerFile, saveFile } from "./keeping.js";
import { readState, wordsOf, writeState } from "./shared.js";

const KIND = "rolebook.onboarding";
const tool = document.querySelector("#rb-plan");
const said = tool.querySelector("[role=status]");
const whole = tool.querySelector("progress");
const start = tool.querySelector("input[type=date]");
const person = tool.querySelector("select");
const steps = [...document.querySelectorAll(".rb-step")];
const phases = [...document.querySelectorAll(".rb-steps")];
const words = wordsOf(tool);
const { role, former, weekend } = tool.dataset;
const names = [role, ...(former?.split(" ") ?? [])];
const keyOf = (name) => `${KIND}.${name}`;
let state = read();

/** Read what was ticked, also under a former name of the role; what is damaged counts as nothing. */
function read() {
  return names.map((name) => valid(kept(keyOf(name)))).find(Boolean) ?? { start: "", done: [] };
}

/** Give the state of a saved file, or null where it is none of this role; steps we do not know are kept. */
function valid(saved) {
  const isOurs = saved?.kind === KIND && names.includes(saved.role);
  const isWhole = isOurs && Array.isArray(saved.done) && saved.done.every((id) => /^[a-z0-9-]+$/.test(id));
  if (!isWhole || !/^(\d{4}-\d\d-\d\d)?$/.test(saved.start)) return null;
  return { start: saved.start, done: [...new Set(saved.done)] };
}

const file = () => JSON.stringify({ kind: KIND, version: 1, role, ...state }, null, 1);

/** Take another state: keep it, show it, and say how that went. */
function change(given, news = "") {
  state = { ...state, ...given };
  show();
  if (news) said.textContent = news;
  const text = state.start || state.done.length ? file() : "";
  const isKept = names.map((name) => keep(keyOf(name), name === role ? text : "")).every(Boolean);
  if (!isKept) said.textContent = words["not-kept"];
}

const shown = (parts = steps) => parts.filter((step) => !step.hidden);
const isDone = (step) => state.done.includes(step.id);
const progress = (done, all) => words.progress.replace("{done}", done).replace("{all}", all);

/** Show whose steps are asked for, what is done, and how far that is. */
function show() {
  const asked = readState().get("for") ?? "";
  person.value = [...person.options].some((option) => option.value === asked) ? asked : "";
  start.value = state.start;
  for (const step of steps) {
    step.hidden = Boolean(person.value) && step.dataset.owner !== person.value;
    step.querySelector(".rb-tick").checked = isDone(step);
  }
  for (const phase of phases) {
    const own = shown([...phase.children]);
    const told = document.querySelector(`[data-progress="${phase.dataset.phase}"]`);
    told.textContent = own.length ? progress(own.filter(isDone).length, own.length) : words.none;
  }
  const all = shown();
  whole.max = Math.max(all.length, 1);
  whole.value = all.filter(isDone).length;
  said.textContent = progress(whole.value, all.length);
}

const textOf = (part) => part.querySelector("[data-text]").textContent.trim();

/** Give the steps that are shown, phase by phase, as events; a gate ends the phase. */
function events() {
  const page = location.origin + location.pathname;
  return phases.map((phase) => {
    const title = document.getElementById(phase.dataset.phase).firstChild.textContent.trim();
    const own = shown([...phase.children]).map((step) => ({
      id: `${role}.${step.id}`,
      title: textOf(step),
      text: [...step.querySelectorAll("[data-more]")].map((part) => part.textContent.trim()).join("\n"),
      url: `${page}#${step.id}`,
    }));
    const gate = document.querySelector(`[data-gate="${phase.dataset.phase}"]`);
    const end = {
      id: `${role}.${phase.dataset.phase}`,
      title: `${title}${words.colon}${words.gate}`,
      text: textOf(gate),
      url: `${page}#${phase.dataset.phase}`,
    };
    return { key: phase.dataset.phase, title, events: own.length ? [...own, end] : [] };
  });
}

for (const step of steps) {
  step.querySelector(".rb-tick").addEventListener("change", ({ target }) => {
    const others = state.done.filter((id) => id !== step.id);
    change({ done: target.checked ? [...others, step.id] : others });
  });
}

start.addEventListener("change", () => change({ start: start.value }));

person.addEventListener("change", () => {
  writeState({ for: person.value });
  show();
});

tool.querySelector("[data-calendar]").addEventListener("click", () => {
  if (!start.value) {
    said.textContent = words["no-start"];
    start.focus();
    return;
  }
  const text = calendar({
    name: document.querySelector("h1").firstChild.textContent.trim(),
    language: document.documentElement.lang,
    host: location.hostname,
    phases: events(),
    start: start.value,
    weekend: weekend.split(" ").map(Number),
    stamp: new Date(),
  });
  saveFile(`${role}.ics`, text, "text/calendar");
});

tool.querySelector("[data-print]").addEventListener("click", () => print());

offerFile(tool, words, {
  name: `${role}.json`,
  text: file,
  valid,
  take: (given) => change(given, words.imported),
  clear: () => change({ start: "", done: [] }, words.deleted),
});

addEventListener("popstate", show);

followOtherTabs(keyOf(role), () => {
  state = read();
  show();
});

for (const tick of document.querySelectorAll(".rb-tick")) tick.hidden = false;
tool.hidden = false;
show();
