// The form: Decap CMS with the configuration that Rolebook made, files in their one form, ids proposed from titles.

import { FAILSAFE_SCHEMA, load } from "./vendor/js-yaml.mjs";
import { canonical } from "./canonical.js";
import { groupControl, titledList } from "./choices.js";
import { proposeIds } from "./ids.js";
import { speak } from "./words.js";
import { reloadThenCheck, SAVED, showCheck } from "./check.js";

const ASSETS = new URL(".", import.meta.url);
// Roles hold no pictures, so nobody is led to a place for them.
const NO_MEDIA = { name: "none", init: async () => ({ show() {}, hide() {}, enableStandalone: () => false }) };

async function start() {
  const form = await (await fetch("form.json")).json();
  window.CMS_MANUAL_INIT = true;
  await script("vendor/transliteration.js");
  await script("vendor/decap-cms.js");
  for (const [kind, shape] of Object.entries(form.shapes)) {
    window.CMS.registerCustomFormat(`rolebook-${kind}`, "yml", formatOf(shape));
  }
  const list = window.CMS.getWidget("list");
  window.CMS.registerWidget("list", titledList(list.control), list.preview, list.schema);
  window.CMS.registerWidget("months", monthsControl(form.words));
  window.CMS.registerWidget("group", groupControl());
  window.CMS.registerMediaLibrary(NO_MEDIA);
  speak(form.config.locale, form.decap);
  listen(form);
  window.CMS.init({ config: form.config });
  if (form.check) showCheck(form);
}

function script(path) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = new URL(path, ASSETS);
    element.onload = resolve;
    element.onerror = () => reject(new Error(path));
    document.head.append(element);
  });
}

// Read every value as text, as Rolebook does, and give numbers to the fields that want them.
const formatOf = (shape) => ({
  fromFile: (text) => typed(load(text, { schema: FAILSAFE_SCHEMA }) ?? {}, shape),
  toFile: ({ id, ...values }) => canonical("id" in shape ? { id, ...values } : values, shape),
});

function typed(value, shape) {
  if (Array.isArray(value)) return value.map((inner) => typed(inner, Array.isArray(shape) ? shape[0] : "text"));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typed(inner, shape[key] ?? "text")]));
  }
  return shape === "number" && /^[0-9]+$/.test(value) ? Number(value) : value;
}

// The data of an entry are Immutable.js values. An entry whose ids were proposed is loaded anew, to show and keep them.
function listen(form) {
  let proposed = false;
  window.CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      const data = entry.get("data");
      const kind = form.kinds[entry.get("collection")] ?? "list";
      const lists = kind === "list" ? form.taken : {};
      const files = entry.get("newRecord") ? form.taken[`${kind}s`] : null;
      const withIds = proposeIds(data, form.shapes[kind], lists, files);
      proposed = withIds !== data && !entry.get("newRecord");
      return withIds;
    },
  });
  window.CMS.registerEventListener({
    name: "postSave",
    handler: ({ entry }) => {
      if (entry.get("newRecord")) form.taken[`${form.kinds[entry.get("collection")]}s`]?.push(entry.getIn(["data", "id"]));
      if (proposed) reloadThenCheck();
      else document.dispatchEvent(new CustomEvent(SAVED));
    },
  });
}

// Two numbers, from and to.
const monthsControl = (words) =>
  window.createClass({
    values() {
      const { value } = this.props;
      return value ? [...(value.toJS ? value.toJS() : value)] : ["", ""];
    },
    change(index, given) {
      const values = this.values();
      values[index] = given === "" ? "" : Number(given);
      this.props.onChange(values.every((value) => value === "") ? null : values);
    },
    render() {
      const { h, props } = { h: window.h, props: this.props };
      const input = (index, label) =>
        h("label", { key: index, className: "rb-months" }, label, " ", h("input", {
          type: "number", min: 0, max: 240, value: this.values()[index], className: props.classNameWrapper,
          id: index ? `${props.forID}-to` : props.forID,
          onFocus: props.setActiveStyle, onBlur: props.setInactiveStyle,
          onChange: (event) => this.change(index, event.target.value),
        }));
      return h("div", {}, input(0, words.monthsFrom), " ", input(1, words.monthsTo));
    },
  });

start().catch((error) => {
  const { failed } = document.body.dataset;
  document.body.textContent = failed;
  throw error;
});
