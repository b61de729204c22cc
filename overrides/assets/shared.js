// What the pages with a script share: data files, parts of the page to copy, the state in the address.

/** Load a data file, such as roles or roles/adviser; the address of the folder stands on the tool's element. */
export async function load(tool, name) {
  const answer = await fetch(dataAddress(tool, `${name}.json`));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
}

/** Give the address of something that is told relative to the data folder. */
export const dataAddress = (tool, path) => new URL(path, new URL(tool.dataset.base, location.href));

/** Copy a part of the page: the first element of a template. */
export function copy(tool, name) {
  return tool.querySelector(`template[data-part="${name}"]`).content.firstElementChild.cloneNode(true);
}

/** Give the words of the page's language that a script needs, by name. */
export function wordsOf(tool) {
  const found = tool.querySelector('template[data-part="words"]').content.querySelectorAll("[data-word]");
  return Object.fromEntries([...found].map((word) => [word.dataset.word, word.textContent]));
}

/** Write texts into the places of a copied part; a pair of words and address makes a link. */
export function fill(part, texts) {
  for (const [name, value] of Object.entries(texts)) {
    const place = part.querySelector(`[data-${name}]`);
    const [words, address] = Array.isArray(value) ? value : [value];
    if (address) place.href = address;
    place.textContent = words;
  }
  return part;
}

/** Give the skills of which a person or role has less than is asked, each with how many steps are missing. */
export function missing(has, asked) {
  return asked
    .map((need) => ({ ...need, has: has[need.skill] ?? 0, steps: need.rank - (has[need.skill] ?? 0) }))
    .filter((need) => need.steps > 0);
}

/** Read the state from the address. */
export const readState = () => new URLSearchParams(location.search);

/** Write the state into the address, as a step that the back button takes back; an empty value is left out. */
export function writeState(values) {
  const state = Object.entries(values).filter(([, value]) => value);
  const query = state.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
  if (`?${query}` !== (location.search || "?")) history.pushState(null, "", query ? `?${query}` : location.pathname);
}

/** Show a role in a choice, if there is such a role or one that had the name; give its name of today. */
export function choose(select, role) {
  select.value = role ?? "";
  const isFormer = ({ dataset }) => dataset.former?.split(" ").includes(role);
  if (select.selectedIndex < 0) select.value = [...select.options].find(isFormer)?.value ?? "";
  return select.value;
}
