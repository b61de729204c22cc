// Keeps how people rate themselves, in their browser only, and shows which roles that fits.

import { followOtherTabs, keep, kept, offerFile } from "./keeping.js";
import { choose, copy, dataAddress, fill, load, missing, readState, wordsOf, writeState } from "./shared.js";

const KEY = "rolebook.my-skills";
const MOST = 4;
const MOST_MISSING = 3;
const tool = document.querySelector("#rb-my-skills");
const results = document.querySelector("#rb-fit");
const target = tool.querySelector("select");
const said = tool.querySelector("[role=status]");
const fieldsets = [...document.querySelectorAll("fieldset[data-skill]")];
const words = wordsOf(tool);
let ratings = read();
let data;

/** Read the answers from the browser; what is damaged counts as none. */
function read() {
  return valid(kept(KEY)) ?? {};
}

/** Give the answers of a saved file, or null where it is none; skills we do not know are kept. */
function valid(saved) {
  const given = saved?.kind === KEY && saved.ratings;
  if (!given || typeof given !== "object") return null;
  const isRank = (rank) => Number.isInteger(rank) && rank >= 0 && rank <= MOST;
  return Object.entries(given).every(([id, rank]) => /^[a-z][a-z0-9-]*$/.test(id) && isRank(rank)) ? renamed(given) : null;
}

/** Give the answers under the names that skills have today. */
function renamed(given) {
  const answers = { ...given };
  for (const { dataset } of fieldsets) {
    for (const former of dataset.former?.split(" ") ?? []) {
      if (former in answers) answers[dataset.skill] ??= answers[former];
      delete answers[former];
    }
  }
  return answers;
}

const saved = () => JSON.stringify({ kind: KEY, version: 1, ratings }, null, 1);

/** Take other answers: keep them, show what they mean, and say how that went. */
function change(given, news) {
  ratings = given;
  showRatings();
  showResults();
  if (news) said.textContent = news;
  if (!keep(KEY, Object.keys(ratings).length ? saved() : "")) said.textContent = words["not-kept"];
}

/** Show the answers in the form. */
function showRatings() {
  for (const fieldset of fieldsets) {
    for (const input of fieldset.querySelectorAll("input")) input.checked = Number(input.value) === ratings[fieldset.dataset.skill];
  }
}

/** Say how far one has come, and what fits. */
function showResults() {
  if (!data) return; // nothing is loaded yet, or nothing could be
  const rated = fieldsets.filter((fieldset) => fieldset.dataset.skill in ratings).length;
  said.textContent = words.progress.replace("{rated}", rated).replace("{all}", fieldsets.length);
  const role = data.roles.find((one) => one.id === target.value);
  const asked = new Set(role?.skills.map((need) => need.skill));
  for (const fieldset of fieldsets) fieldset.classList.toggle("rb-rate--asked", asked.has(fieldset.dataset.skill));
  const isDraft = role && !role.skills.length;
  const overview = rated ? [fitting(), near()] : [paragraph(words["none-yet"])];
  results.replaceChildren(...(isDraft ? [paragraph(words.draft)] : role ? tiers(role) : []), ...overview);
}

const essential = (role) => role.skills.filter((need) => need.importance === "essential");
const current = () => data.roles.filter((role) => role.status === "active" && essential(role).length);

/** List the roles of which every essential skill is reached. */
function fitting() {
  const roles = current().filter((role) => missing(ratings, essential(role)).length === 0);
  return section("fit", roles.map((role) => rolePart(role, [])));
}

/** List the roles of which few essential skills are one step short, and none more; the nearest first. */
function near() {
  const gaps = current().map((role) => [role, missing(ratings, essential(role))]);
  const isNear = (asked) => asked.length > 0 && asked.length <= MOST_MISSING && asked.every((need) => need.steps === 1);
  const close = gaps.filter(([, asked]) => isNear(asked));
  close.sort(([, a], [, b]) => a.length - b.length);
  return section("near", close.map(([role, asked]) => rolePart(role, asked)));
}

function rolePart(role, asked) {
  const names = asked.map((need) => need.title).join(words.comma);
  return fill(copy(tool, "role"), {
    role: [role.title, dataAddress(tool, role.url)],
    level: role.level_label,
    missing: names ? words.missing + words.colon + names : "",
  });
}

/** Sort what a role asks into what to begin with, what is within reach, what can wait, and what is there. */
function tiers(role) {
  const asked = missing(ratings, role.skills);
  const short = new Set(asked.map((need) => need.skill));
  const isFar = (need) => need.importance === "essential" && need.steps > 1;
  const isNext = (need) => need.importance === "essential" && need.steps === 1;
  const parts = [
    ["first", asked.filter(isFar)],
    ["next", asked.filter(isNext)],
    ["later", asked.filter((need) => !isFar(need) && !isNext(need))],
    ["have", role.skills.filter((need) => !short.has(need.skill))],
  ];
  return parts.filter(([, needs]) => needs.length).map(([name, needs]) => section(name, needs.map(skillPart), role.title));
}

function skillPart(need) {
  const skill = data.skills.find((one) => one.id === need.skill);
  const step = (rank) => data.proficiency.find((one) => one.rank === rank);
  const has = ratings[need.skill];
  const from = has === undefined ? words["not-rated"] : (step(has)?.title ?? "–");
  const next = need.steps ? step((has ?? 0) + 1) : undefined;
  return fill(copy(tool, "missing"), {
    skill: [need.title, dataAddress(tool, skill.url)],
    change: need.steps ? from + words.then + need.label : need.label,
    why: need.steps ? skill.rubric[need.proficiency] : "",
    how: skill.learning.filter((one) => one.reaches === next?.id).map((one) => one.text).join(" "),
  });
}

/** Make a part of the result: its title, what it means, its items. */
function section(name, items, role) {
  const part = copy(document, "fit");
  part.dataset.tier = name;
  part.querySelector("h3").textContent = role ? `${role}${words.colon}${words[name]}` : words[name];
  part.querySelector("p").textContent = words[`${name}-why`];
  part.querySelector("ul").append(...(items.length ? items : [emptyItem()]));
  return part;
}

const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
const emptyItem = () => Object.assign(document.createElement("li"), { textContent: words["none-fit"] });

for (const fieldset of fieldsets) {
  fieldset.addEventListener("change", (event) => {
    change({ ...ratings, [fieldset.dataset.skill]: Number(event.target.value) });
  });
}

target.addEventListener("change", () => {
  writeState({ role: target.value });
  showResults();
});

offerFile(tool, words, {
  name: "my-skills.json",
  text: saved,
  valid,
  take: (given) => change(given, words.imported),
  clear: () => change({}, words.deleted),
});

addEventListener("popstate", () => {
  choose(target, readState().get("role"));
  showResults();
});

followOtherTabs(KEY, () => {
  ratings = read();
  showRatings();
  showResults();
});

showRatings();
try {
  const [roles, skills] = await Promise.all([load(tool, "roles"), load(tool, "skills")]);
  data = { roles: roles.roles, skills: skills.skills, proficiency: skills.proficiency };
  choose(target, readState().get("role"));
  tool.hidden = results.hidden = false;
  showResults();
} catch (error) {
  console.info(error);
  results.hidden = false;
  results.textContent = words.failed;
}
