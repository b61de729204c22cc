// The search: pages for what was typed, the best first. What a page is called counts for more than what it says; Pagefind
// knows what pages say, and `names` what they are called.

import { alike, prepare, split, splitName } from "./query-words.js";

const ENOUGH = 0.5; // of a question on a page, or of a heading in a question
export const FIRST = 5; // results that are shown at once
const PLAINLY = 0.35; // of a role's name in a question that names two

/** Load Pagefind with its index of a language, and what is known of the language's pages and words. */
export async function openSearch(base, language) {
  const [pagefind, answer] = await Promise.all([import(new URL("pagefind.js", base)), fetch(new URL(`names.${language}.json`, base))]);
  const known = await answer.json();
  await pagefind.options({ ranking: known.ranking, noWorker: true }); // it costs more to load than it saves
  await pagefind.init();
  const pages = known.pages.map(([id, kind, headings, ...names]) => ({ id, kind, headings: headings.map(split), names }));
  for (const page of pages) {
    if (page.names.every(Number.isInteger)) page.ends = page.names.map((at) => pages[at]);
  }
  for (const page of pages) page.names = page.ends ? [] : page.names.map(splitName);
  let words; // what pages say, loaded for a word that none is called by
  const allWords = () => (words ??= fetch(new URL(`words.${language}.json`, base)).then((got) => got.json()).then((more) => [...called, ...more]));
  const called = [...new Set(pages.flatMap(({ names, headings }) => [...names.flat(), ...headings.flat()]))];
  return { ...known, pagefind, language, pages, called, allWords, common: new Set(known.common) };
}

/** Ask for a text; give pages, the best first, and the words that were asked for. */
export async function ask(search, text, filters = {}) {
  const { words, typed } = await prepare(search, text);
  const find = async (term) => (await search.pagefind.search(term, { filters })).results;
  if (!words.length) return { results: await find(search.every), words };
  const asked = words.map((word) => word.asked);
  const [whole, ...shares] = await Promise.all([asked.join(" "), ...asked].map(find));
  const found = new Map([...shares.flat(), ...whole].map((result) => [result.id, result]));
  const ranked = rank(search, { words, phrase: ` ${typed.join(" ")} `, shares });
  if (ranked.slice(0, FIRST).some(({ id }) => !found.has(id))) {
    for (const result of await find(search.every)) if (!found.has(result.id)) found.set(result.id, result);
  }
  return { results: ranked.filter(({ id }) => found.has(id)).map(({ id }) => found.get(id)), words };
}

/** Put the pages that are called, or say, what was asked for in order. */
function rank(search, { words, phrase, shares }) {
  const weights = words.map((word, at) => rarity(search, word, shares[at].length));
  const total = sum(weights);
  const said = shares.map((results) => new Map(results.map(({ id, score }) => [id, score])));
  const ranked = search.pages.map((page) => {
    const parts = said.map((scores, at) => (scores.has(page.id) ? saying(scores.get(page.id), weights[at]) : 0));
    const share = sum(weights.filter((_, at) => parts[at])) / total;
    const name = naming(search, page, words, weights, phrase);
    return { id: page.id, score: search.named * name + sum(parts) * share, isMeant: share >= ENOUGH || name > 0 };
  });
  const scored = ranked.filter(({ score }) => score).sort((one, other) => other.score - one.score);
  const meant = scored.filter(({ isMeant }) => isMeant);
  return meant.length ? meant : scored;
}

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** Bring what Pagefind says of a word on a page between nought and the word's weight. */
const saying = (score, weight) => (weight * score) / (score + weight);

/** Tell how much a word says: the rarer, the more. */
function rarity(search, word, count) {
  const of = count || search.pages.filter(({ names }) => names.flat().some((known) => alike(word, known))).length;
  return Math.log(1 + search.pages.length / (of + 0.5));
}

/** Tell how well a page is called what was asked for, or has a heading that is. */
function naming(search, { kind, names, headings, ends }, words, weights, phrase) {
  if (ends) return search.kinds[kind] * between(search, ends, words, weights);
  const called = names.map((name) => told(search, name, words));
  const whole = Math.max(...called.map(({ share }) => share));
  const asHeading = headings.map((heading) => told(search, heading, words)).filter(({ share }) => share >= ENOUGH);
  const heading = Math.max(0, ...asHeading.map(({ sure }) => match(sure, weights)));
  const isSaid = names.some((name) => name.length > 1 && phrase.includes(` ${name.join(" ")} `));
  const name = isSaid ? sum(weights) : match(best(called, words), weights) * (0.5 + 0.5 * whole);
  return Math.max(search.kinds[kind] * name, search.heading * heading);
}

/** Give for each word how surely it stands in any of the names. */
const best = (called, words) => words.map((_, at) => Math.max(0, ...called.map(({ sure }) => sure[at])));

/** Tell how well a move is called what was asked for: much where its roles are named one after the other. */
function between(search, [start, end], words, weights) {
  const splits = words.slice(1).map((_, at) => at + 1);
  const side = ({ names }, from, to) => {
    const called = names.map((name) => told(search, name, words.slice(from, to)));
    const named = called.filter(({ share }) => share >= PLAINLY);
    return Math.max(0, ...named.map(({ sure }) => match(sure, weights.slice(from, to))));
  };
  const both = (first, last, at) => {
    const [one, other] = [side(first, 0, at), side(last, at)];
    return one && other && one + other;
  };
  return Math.max(0, ...splits.map((at) => Math.max(both(start, end, at), 0.8 * both(end, start, at))));
}

/** Tell how surely each word stands in a name, and how much of the name they are. */
function told(search, name, words) {
  const sure = words.map((word) => Math.max(0, ...name.map((known) => alike(word, known))));
  const length = name.filter((known) => !search.common.has(known)).join("").length || 1;
  return { sure, share: Math.min(1, sum(words.map(({ right }, at) => right.length * sure[at])) / length) };
}

/** Weigh how surely words were found, the rare ones more, and less where some were not. */
function match(sure, weights) {
  const found = sum(sure.map((one, at) => one * weights[at]));
  return (found * found) / sum(weights);
}
