// What people type, word by word: in the signs of the site, without what tells nothing, corrected where nothing is like it.

const SIGNS = /[’'ʼ`-]/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const HAN = /\p{Script=Han}/u;
const TYPO_FROM = 5; // shorter words are too like each other
const LONG = 8;
const BEGUN = 3; // letters that are right before two wrong ones are believed
const ALIKE = 0.55;

/** Give the words of a text as Pagefind takes them. */
export const split = (text) => text.toLowerCase().replace(SIGNS, "").match(WORD) ?? [];

/** Give the words of a name: those with a hyphen as one, and one by one. */
export const splitName = (name) => [...new Set([...split(name), ...(name.toLowerCase().match(WORD) ?? [])])];

/** Give all words that were typed, and those to ask for, each as typed, as it is right, and as Pagefind is to be asked. */
export async function prepare(search, text) {
  const letters = [...text.normalize("NFC").toLowerCase()].map((letter) => search.letters[letter] ?? letter).join("");
  const typed = search.isSpaced ? split(letters) : segments(search, letters);
  const short = search.isSpaced ? 2 : 1;
  const telling = typed.filter((word) => !search.common.has(word) && (word.length > short || search.called.includes(word)));
  const told = telling.length ? telling : typed;
  const isNew = (word) => isCorrected(word) && !search.called.some((known) => known.startsWith(word));
  const known = told.some(isNew) ? await search.allWords() : search.called;
  const words = told.map((word, at) => {
    const right = correct(known, word, at === told.length - 1);
    return { typed: word, right, asked: cut(search, right) };
  });
  return { typed, words };
}

/** Part a text without spaces, in the longest pieces that stand in a name. */
function segments({ language, called }, text) {
  const words = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: "word" }).segment(text)) {
    const longer = (words.at(-1) ?? "") + segment;
    if (isWordLike && words.at(-1) && called.some((name) => name.includes(longer))) words[words.length - 1] = longer;
    else words.push(isWordLike ? segment : "");
  }
  return words.filter(Boolean);
}

/** Take the ending off, where Pagefind has no stems of the language; `_cut` in inflection.py does the same. */
function cut({ endings, stemLength }, word) {
  const ending = Math.max(0, ...endings.filter((one) => word.endsWith(one)).map((one) => one.length));
  const bare = word.slice(0, Math.max(word.length - ending, Math.min(stemLength, word.length)));
  return endings.length && bare.length > stemLength && bare.at(-1) === bare.at(-2) ? bare.slice(0, -1) : bare;
}

const isCorrected = (word) => word.length >= TYPO_FROM && !HAN.test(word);

/** Give the known word nearest to one that nothing is known of; the word itself where none is near. */
function correct(words, word, isLast) {
  if (!isCorrected(word) || words.some((known) => known.startsWith(word))) return word;
  const plain = fold(word);
  const same = words.find((known) => fold(known) === plain) ?? words.find((known) => fold(known).startsWith(plain));
  if (same) return same;
  const allowed = word.length < LONG ? 1 : 2;
  let best = { word, distance: allowed + 0.5, begun: 0 };
  for (const known of words) {
    const compared = isLast ? known.slice(0, word.length + 1) : known; // the last word may not be typed to its end yet
    if (Math.abs(compared.length - word.length) > allowed) continue;
    const distance = far(word, compared, best.distance + 1);
    const begun = shared(word, known);
    if (distance > 1 && begun < BEGUN) continue;
    if (distance < best.distance || (distance === best.distance && begun > best.begun)) best = { word: known, distance, begun };
  }
  return best.word;
}

/** Write a word without marks on its letters, as people do whose keyboard lacks them. */
const fold = (word) => word.replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa").normalize("NFD").replace(/\p{M}/gu, "");

/** Count the letters to add, leave out, change or swap between two words, up to a limit. */
function far(word, known, limit) {
  let [before, last] = [[], Array.from({ length: known.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= word.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= known.length; at += 1) {
      line[at] = Math.min(last[at] + 1, line[at - 1] + 1, last[at - 1] + (word[row - 1] === known[at - 1] ? 0 : 1));
      const isSwapped = row > 1 && at > 1 && word[row - 1] === known[at - 2] && word[row - 2] === known[at - 1];
      if (isSwapped) line[at] = Math.min(line[at], before[at - 2] + 1);
    }
    if (Math.min(...line) >= limit) return limit;
    [before, last] = [last, line];
  }
  return last.at(-1);
}

/** Count the letters with which two words begin alike. */
function shared(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Tell how surely a word of a name is a form of one that was asked for, or begins with it, from 0 to 1. */
export function alike({ right, asked }, word) {
  if (word === right) return 1;
  if (HAN.test(right)) return pairs(right).filter((pair) => word.includes(pair)).length / pairs(right).length;
  if (word.startsWith(asked) && asked.length > 2) return 0.7 + 0.3 * Math.min(1, (asked.length + 1) / word.length);
  const same = shared(word, right);
  const sure = same / Math.max(word.length, right.length);
  return same > 3 && sure >= ALIKE ? 0.85 * sure : 0;
}

const pairs = (word) => (word.length < 2 ? [word] : [...word].slice(1).map((letter, at) => word[at] + letter));
