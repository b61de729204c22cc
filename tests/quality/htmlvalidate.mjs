// The recommended rules of html-validate, those for whole documents and those for accessibility. Each that is changed or
// switched off says why.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // As the engine writes it; browsers read both alike.
    "doctype-style": ["error", { style: "lowercase" }],

    // Python-Markdown closes the elements that it writes (<img />), the templates do not; both are HTML.
    "void-style": "off",

    // Ids of the theme begin with two underscores, which HTML allows; ours are held by a check of their own.
    "valid-id": ["error", { relaxed: true }],

    // All that a page loads is of the site itself and changes with it; a hash would guard against nobody.
    "require-sri": ["error", { target: "crossorigin" }],

    // Widths of bars are numbers of the content; each has its hash in the policy of the page, so that no other may stand there.
    "no-inline-style": ["error", { allowedProperties: ["display", "flex-grow"] }],

    // 'autocomplete' on the two checkboxes of the theme: without it Firefox opens the drawer again when a page is reloaded.
    "valid-autocomplete": "off",

    // The switch of the colours is a form of the theme that has nothing to send.
    "wcag/h32": "off",

    // The contents of a page stand in the drawer for phones and beside the text for desktops; only one of them is shown.
    "unique-landmark": "off",

    // The page of a move names two roles and the site, in languages of long words; search engines cut titles by themselves.
    "long-title": "off",
  },
};
