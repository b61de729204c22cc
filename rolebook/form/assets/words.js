// Words of Decap itself, where it has none in a language or wrong ones.

// `words` leads from the path of a text, such as "editor.editorToolbar.save", to the text.
export function speak(locale, words) {
  const phrases = structuredClone(window.CMS.getLocale(locale) ?? {});
  for (const [path, text] of Object.entries(words)) {
    const steps = path.split(".");
    const last = steps.pop();
    const block = steps.reduce((inner, step) => (inner[step] ??= {}), phrases);
    block[last] = text;
  }
  window.CMS.registerLocale(locale, phrases);
}
