// Ids for what has none yet, made from its title: they stay when the title changes.

const NAMES = ["title", "question", "name", "text"];
const LONGEST = 63;
const WORDS = 5;

// Give the data with an id for every item of a list that lacks one, and for a new file. `lists` holds, by the key of
// a list, ids that others have or had; `files` those of other files, if this is a new one.
export function proposeIds(data, shape, lists, files) {
  const withIds = walk(data, shape, lists);
  if (!files || withIds.get("id") || !withIds.get("title")) return withIds;
  return withIds.set("id", free(idFrom(withIds.get("title")), new Set(files)));
}

// "Керівник зміни" becomes "kerivnik-zmini"; a text gives its first words.
export function idFrom(text) {
  const words = window.transliteration.transliterate(text).toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const from = words.findIndex((word) => /^[a-z]/.test(word));
  const id = from < 0 ? `item-${words.join("-")}` : words.slice(from, from + WORDS).join("-");
  const short = id.slice(0, LONGEST - 3).replace(/-+$/, "");
  return short.length > 1 ? short : `${short || "item"}-1`;
}

function walk(value, shape, lists = {}, taken = []) {
  if (Array.isArray(shape) && value?.map) return items(value, shape[0], taken);
  if (shape && typeof shape === "object" && value?.has) {
    return Object.keys(shape).reduce(
      (whole, key) => (whole.has(key) ? whole.set(key, walk(whole.get(key), shape[key], {}, lists[key])) : whole),
      value,
    );
  }
  return value;
}

function items(list, shape, elsewhere) {
  const taken = new Set([...elsewhere, ...list.map((item) => item?.get?.("id")).filter(Boolean)]);
  return list.map((item) => {
    const whole = walk(item, shape);
    if (!shape || typeof shape !== "object" || !("id" in shape) || !whole?.set || whole.get("id")) return whole;
    const name = NAMES.map((key) => whole.get(key)).find(Boolean);
    return name ? whole.set("id", free(idFrom(name), taken)) : whole;
  });
}

function free(id, taken) {
  let proposed = id;
  for (let number = 2; taken.has(proposed); number += 1) proposed = `${id}-${number}`;
  taken.add(proposed);
  return proposed;
}
