// What people note on a page: kept in their browser alone, saved to a file, taken back from one, and deleted.

/** Keep a text under a key, or nothing; tell whether the browser did. */
export function keep(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** Give the JSON that is kept under a key; null where there is none, or none that can be read. */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Call back when another tab changes or deletes what is kept under a key. */
export function followOtherTabs(key, read) {
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) read();
  });
}

/** Give people a file to keep. */
export function saveFile(name, text, type) {
  const file = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 1000);
}

/**
 * Let the buttons of a tool save to a file, take back from one, and delete.
 *
 * `text` gives what the file holds, `valid` what is taken from one, or null; `take` and `clear` change what is shown and kept.
 */
export function offerFile(tool, words, { name, text, valid, take, clear }) {
  tool.querySelector("[data-export]").addEventListener("click", () => saveFile(name, text(), "application/json"));
  tool.querySelector("[data-import]").addEventListener("change", async ({ target }) => {
    const given = valid(await readFile(target));
    if (given) take(given);
    else tool.querySelector("[role=status]").textContent = words["bad-file"];
  });
  tool.querySelector("[data-delete]").addEventListener("click", () => {
    if (confirm(words.confirm)) clear();
  });
}

/** Read the JSON file that was chosen, and let it be chosen again; null where it is none. */
async function readFile(input) {
  try {
    return JSON.parse(await input.files[0].text());
  } catch {
    return null;
  } finally {
    input.value = "";
  }
}
