// A plan as a calendar file, after RFC 5545: whole days, none on a weekend but the first day where it was chosen so.

// The days of each phase, counted from the first day at work.
const DAYS = {
  "before-first-day": [-7, -1],
  "first-day": [0, 0],
  "first-week": [1, 6],
  "day-30": [7, 29],
  "day-60": [30, 59],
  "day-90": [60, 89],
};
const MOST_BYTES = 75;

/**
 * Give a calendar file.
 *
 * `phases` holds { key, title, events } in their order; the events { id, title, text, url } are spread over the days of
 * the phase, the last one on its last day. `start` is the first day as YYYY-MM-DD, `weekend` the days off (0 is Sunday),
 * `stamp` a Date.
 */
export function calendar({ name, language, host, phases, start, weekend, stamp }) {
  const events = phases.flatMap((phase) => {
    const days = daysOf(phase.key, start, weekend);
    return phase.events.map((event, index) => ({ ...event, phase: phase.title, day: dayOf(days, index, phase.events.length) }));
  });
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//Rolebook//${language}`,
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => linesOf(event, { language, host, start, stamp })),
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function linesOf(event, { language, host, start, stamp }) {
  return [
    "BEGIN:VEVENT",
    `UID:${event.id}.${start}@${host}`,
    `DTSTAMP:${stamp.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${event.day.replaceAll("-", "")}`,
    `SUMMARY;LANGUAGE=${language}:${escaped(event.title)}`,
    `DESCRIPTION;LANGUAGE=${language}:${escaped(event.text)}`,
    `CATEGORIES;LANGUAGE=${language}:${escaped(event.phase)}`,
    `URL:${event.url}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** Give the working days of a phase. */
function daysOf(key, start, weekend) {
  const [first, last] = DAYS[key];
  const days = Array.from({ length: last - first + 1 }, (_, index) => moved(start, first + index));
  return days.filter((day) => day === start || !weekend.includes(new Date(day).getUTCDay()));
}

const dayOf = (days, index, count) => days[index === count - 1 ? days.length - 1 : Math.floor((index * days.length) / count)];

function moved(day, days) {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** Break a line that is too long between two signs, never within one. */
function folded(line) {
  const encoder = new TextEncoder();
  const parts = [""];
  let bytes = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (bytes + size > MOST_BYTES) {
      parts.push("");
      bytes = 1; // the space that stands before what goes on
    }
    parts[parts.length - 1] += sign;
    bytes += size;
  }
  return parts.join("\r\n ");
}
