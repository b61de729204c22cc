// The box of the search: results as one types, choices that narrow them down, keys, and the address that holds it all.

import { copy, fill, wordsOf } from "./shared.js";
import { ask, FIRST, openSearch } from "./query.js";

const SECTIONS = 2;
const WAIT = 120; // milliseconds without a key, after which people read rather than type
const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
const STOPS = /(?<=\p{Script=Han}|^)\. ?/gu; // Pagefind ends every heading with a Latin full stop
let making;

/** Show the box; it is made and the search loaded when it is opened first. */
export async function openBox(template, opener) {
  making ??= makeBox(template, opener);
  const made = await making;
  if (!made.open) made.showModal();
  made.querySelector("input").select();
}

async function makeBox(template, opener) {
  const made = document.importNode(template.content, true).firstElementChild;
  template.after(made);
  await loadStyle();
  const search = openSearch(new URL("../pagefind/", import.meta.url), language);
  const box = { made, search, words: wordsOf(made), field: made.querySelector("input"), found: [], asked: 0 };
  made.addEventListener("close", () => {
    writeAddress(new URLSearchParams());
    opener.focus();
  });
  made.addEventListener("click", ({ target }) => target === made && made.close()); // beside the box
  made.addEventListener("keydown", (event) => moveFocus(box, event));
  made.querySelector("[data-close]").addEventListener("click", () => made.close());
  made.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    links(made)[0]?.click();
  });
  box.field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // the browser would only empty the field
    made.close();
  });
  let waiting;
  box.field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(box), WAIT);
  });
  made.querySelector("[data-more]").addEventListener("click", () => showMore(box));
  search.then((ready) => addFacets(box, ready)).then(() => {
    readAddress(box);
    return show(box);
  }).catch(() => say(box, box.words.failed));
  return made;
}

async function loadStyle() {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("search.css", import.meta.url) });
  const loaded = new Promise((done) => {
    link.onload = done;
    link.onerror = done;
  });
  document.head.append(link);
  await loaded;
}

/** Offer what pages can be chosen by. */
function addFacets(box, { facets }) {
  const place = box.made.querySelector("[data-facets]");
  for (const [id, label, choices] of facets) {
    const part = fill(copy(box.made, "facet"), { label });
    const select = part.querySelector("select");
    select.name = id;
    select.append(...choices.map(([value, words]) => new Option(words, value)));
    select.addEventListener("change", () => show(box));
    place.append(part);
  }
}

const choices = (box) => [...box.made.querySelectorAll("select")];

/** Show the pages for what is typed and chosen. */
async function show(box) {
  if (!box.made.open) return;
  const turn = (box.asked += 1);
  const text = box.field.value.trim();
  const chosen = Object.fromEntries(choices(box).filter(({ value }) => value).map(({ name, value }) => [name, value]));
  writeAddress(new URLSearchParams({ search: text, ...chosen }));
  try {
    const search = await box.search;
    const hasAsked = text || Object.keys(chosen).length;
    const { results, words } = hasAsked ? await ask(search, text, chosen) : { results: [], words: [] };
    const first = await Promise.all(results.slice(0, FIRST).map((result) => result.data()));
    if (turn !== box.asked) return; // something else was typed meanwhile
    box.found = results.slice(FIRST);
    box.made.querySelector("ol").replaceChildren(...first.map((page) => item(box, page)));
    box.made.querySelector("[data-more]").hidden = !box.found.length;
    say(box, hasAsked ? outcome(box, text, results.length, words) : "");
  } catch {
    if (turn === box.asked) say(box, box.words.failed);
  }
}

function outcome({ words }, text, count, asked) {
  if (!count) return words.none.replace("{text}", text);
  const found = words[`found-${plurals.select(count)}`] ?? words["found-other"];
  const instead = asked.filter(({ typed, right }) => right !== typed);
  const told = instead.map(({ typed, right }) => words.instead.replace("{text}", typed).replace("{instead}", right));
  return [found.replace("{n}", count.toLocaleString(language)), ...told].join(". ");
}

function say(box, text) {
  box.made.querySelector("[role=status]").textContent = text;
}

async function showMore(box) {
  const more = await Promise.all(box.found.splice(0, FIRST).map((result) => result.data()));
  const items = more.map((page) => item(box, page));
  box.made.querySelector("ol").append(...items);
  box.made.querySelector("[data-more]").hidden = !box.found.length;
  items[0]?.querySelector("a").focus();
}

/** Make the item of a page, with the parts of it that were found. */
function item(box, page) {
  const kind = box.made.querySelector(`select[name=kind] option[value="${CSS.escape(page.meta.kind)}"]`)?.textContent ?? "";
  const part = fill(copy(box.made, "page"), { page: [page.meta.title, page.url], kind });
  const sections = page.sub_results.filter(({ url, locations }) => url.includes("#") && locations.length);
  sections.sort((one, other) => other.locations.length - one.locations.length);
  const shown = sections.slice(0, SECTIONS);
  if (shown.length) part.querySelector("[data-excerpt]").remove();
  else mark(part.querySelector("[data-excerpt]"), page.excerpt);
  part.querySelector("ul").append(...shown.map((section) => {
    const of = fill(copy(box.made, "section"), { section: [section.title, section.url] });
    mark(of.querySelector("[data-excerpt]"), section.excerpt);
    return of;
  }));
  return part;
}

/** Show an excerpt: its text, and its marks, and nothing else that may stand in it. */
function mark(place, excerpt) {
  const parsed = new DOMParser().parseFromString(excerpt.replace(STOPS, " "), "text/html").body;
  place.append(...[...parsed.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    return Object.assign(document.createElement("mark"), { textContent: node.textContent });
  }));
}

const links = (made) => [...made.querySelectorAll("ol a")];

/** Move among field and results with the arrow keys. */
function moveFocus({ made, field }, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!steps || event.target.matches("select, summary") || event.isComposing) return;
  const stops = [field, ...links(made)];
  const next = stops[stops.indexOf(document.activeElement) + steps];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const KEYS = ["search", "kind", "family", "level", "track", "skill"];

/** Take over what the address asks for. */
function readAddress(box) {
  const state = new URLSearchParams(location.search);
  if (!box.field.value) box.field.value = state.get("search") ?? "";
  for (const select of choices(box)) {
    select.value = state.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
    if (select.value) box.made.querySelector("details").open = true;
  }
}

/** Keep the search in the address beside what else stands there, so that it can be sent, and comes back with Back. */
function writeAddress(state) {
  const address = new URL(location.href);
  for (const key of KEYS) address.searchParams.delete(key);
  for (const [key, value] of state) address.searchParams.set(key, value);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}
