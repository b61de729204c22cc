// Opens the search from the header, by / or Ctrl-K, and for an address that holds a search. Nothing else of it is loaded before.

const opener = document.querySelector(".rb-search-open");

async function open() {
  const { openBox } = await import("./search-box.js");
  await openBox(document.querySelector("#rb-search"), opener);
}

/** Tell whether keys are meant for a field. */
const isTyping = ({ target }) => target.isContentEditable || target.matches("input, textarea, select");

if (opener) offer();

function offer() {
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const isShort = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
    if (!isShort && !isSlash) return;
    event.preventDefault();
    event.stopPropagation(); // the theme moves the focus at /
    open();
  }, true);
  if (new URLSearchParams(location.search).has("search")) open();
}
