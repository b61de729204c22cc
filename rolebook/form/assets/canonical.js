// The one form of a YAML file, as rolebook/canonical.py writes it; a test holds the two equal.

// Signs that begin something else in YAML; numbers, dates and times; words that some reader takes for a truth value or
// nothing; a colon or a number sign that would end the text.
const QUOTED =
  /^(?:[-?:,[\]{}#&*!|>'"%@`~=<]|[0-9.+][0-9eotz_.,:+ -]*$|0x[0-9a-f]+$|0b[01]+$|\+?\.(?:inf|nan)$|(?:true|false|yes|no|on|off|null|y|n)$|[^]*(?:: |:$| #|[\t\r\n]))/i;
// Several lines, none of which ends in white space, the first not beginning with it
const BLOCK = /^(?![ \t])(?:[^\r\n]*[^ \t\r\n]\n+)+[^\r\n]*[^ \t\r\n]$/;
const BARE = { number: /^[0-9]+$/, date: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/ };

// Write the values of a file; a shape is {key: shape}, [shape of the items], "text", "number" or "date".
export function canonical(values, shape) {
  const kept = keep(values);
  return isEmpty(kept) ? "" : lines(kept, shape, "").map((line) => `${line}\n`).join("");
}

// Leave out what holds nothing, and the spaces around texts; numbers become texts.
function keep(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(keep).filter((inner) => !isEmpty(inner));
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, inner]) => [key, keep(inner)]);
    return new Map(entries.filter(([, inner]) => !isEmpty(inner)));
  }
  return String(value).replace(/\r\n?/g, "\n").normalize("NFC").trim();
}

const isEmpty = (value) => (value instanceof Map ? value.size === 0 : value.length === 0);

function lines(value, shape, indent) {
  if (value instanceof Map) {
    return inOrder(value, shape).flatMap(([key, inner, innerShape]) =>
      entry(`${indent}${oneLine(key)}:`, inner, innerShape, indent),
    );
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner) => item(inner, Array.isArray(shape) ? shape[0] : "text", indent));
  }
  return [`${indent}${scalar(value, shape, indent)}`];
}

function inOrder(values, shape) {
  const known = typeof shape === "object" && !Array.isArray(shape) ? shape : {};
  const first = Object.keys(known).filter((key) => values.has(key));
  const rest = [...values.keys()].filter((key) => !Object.hasOwn(known, key));
  return [...first, ...rest].map((key) => [key, values.get(key), Object.hasOwn(known, key) ? known[key] : "text"]);
}

function entry(head, value, shape, indent) {
  return typeof value === "string"
    ? [`${head} ${scalar(value, shape, indent)}`]
    : [head, ...lines(value, shape, `${indent}  `)];
}

function item(value, shape, indent) {
  if (typeof value === "string") return [`${indent}- ${scalar(value, shape, indent)}`];
  const inner = `${indent}  `;
  return lines(value, shape, inner).map((line, index) => (index ? line : `${indent}- ${line.slice(inner.length)}`));
}

function scalar(text, kind, indent) {
  if (Object.hasOwn(BARE, kind) && BARE[kind].test(text)) return text;
  if (!BLOCK.test(text)) return oneLine(text);
  return ["|-", ...text.split("\n").map((line) => (line ? `${indent}  ${line}` : ""))].join("\n");
}

const oneLine = (text) => (QUOTED.test(text) ? JSON.stringify(text) : text);
