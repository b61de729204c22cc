// What `check` says of everything that was saved, in words, below the form. Only where `make edit` serves the form.

export const SAVED = "rolebook:saved";

// The editor is given half a second to finish what it does after saving.
export function reloadThenCheck() {
  sessionStorage.setItem(SAVED, "yes");
  setTimeout(() => location.reload(), 500);
}

export function showCheck({ words, check }) {
  const panel = document.createElement("section");
  panel.className = "rb-check";
  panel.setAttribute("aria-live", "polite");
  const button = element("button", words.check);
  const close = element("button", words.close);
  const said = element("pre", "");
  const review = document.createElement("div");
  close.hidden = said.hidden = review.hidden = true;
  panel.append(button, close, said, review);
  document.body.append(panel);

  async function ask() {
    said.textContent = words.checking;
    said.hidden = false;
    try {
      const answer = await (await fetch(check, { method: "POST" })).json();
      panel.classList.toggle("rb-check--wrong", !answer.sound);
      said.textContent = answer.said;
      review.innerHTML = answer.review;
      review.hidden = !answer.review;
    } catch {
      said.textContent = words.noCheck;
    }
    close.hidden = false;
  }
  button.addEventListener("click", ask);
  document.addEventListener(SAVED, ask);
  if (sessionStorage.getItem(SAVED)) ask();
  sessionStorage.removeItem(SAVED);
  close.addEventListener("click", () => {
    close.hidden = said.hidden = review.hidden = true;
  });
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
