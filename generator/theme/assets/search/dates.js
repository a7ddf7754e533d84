// Days and months typed as a query, in digits or in the words of a language.

import { isDate } from "./state.js";

const LONGEST = 40; // characters of what may be a date
const FULL = /^(?<y>\d{4})(?<by>[-/.])\s*(?<m>\d{1,2})(?:\k<by>\s*(?<d>\d{1,2}))?\.?$/u;
const SIGNS = /^(?<y>\d{4})\s*[年년]\s*(?<m>\d{1,2})\s*[月월](?:\s*(?<d>\d{1,2})\s*[日号號일])?$/u;
const TURNED = /^(?:(?<d>\d{1,2})(?<by>[-/.])\s*)?(?<m>\d{1,2})[-/.]\s*(?<y>\d{4})\.?$/u;
const WORDS = /\d+|[\p{L}\p{M}]+/gu;
const SAID = ["st", "nd", "rd", "th", "of", "the", "er", "del", "го", "года", "року"]; // in dates, besides what browsers write
const DAYS = [10, 11, 12, 13, 14, 15, 16];
const STYLES = [
  { day: "numeric", month: "long", year: "numeric", weekday: "long" },
  { day: "numeric", month: "short", year: "numeric" },
  { month: "long", year: "numeric" },
  { month: "long" },
];

/**
 * The days (`2024-12-31`) and months (`2024-12`) that a query may be, in the words of one of some languages; several where it can be
 * read as day and month or as month and day. `plain` makes digits of all scripts ASCII, and small letters.
 */
export function datesOf(text, languages, plain) {
  const written = plain(text).replace(/\p{Cf}/gu, "").trim();
  if (written.length > LONGEST || !/(?<!\d)\d{4}(?!\d)/.test(written)) return [];
  const found = inDigits(written) ?? languages.flatMap((language) => inWords(written, wordsOf(language, plain)));
  return [...new Set(found)].filter(isDate);
}

function inDigits(text) {
  const match = FULL.exec(text) ?? SIGNS.exec(text);
  if (match) return [iso(match.groups)];
  const turned = TURNED.exec(text)?.groups;
  if (!turned) return null;
  const { y, m, d, by } = turned;
  return d && by !== "." ? [iso(turned), iso({ y, m: d, d: m })] : [iso(turned)];
}

/** Year, day and month in any order; whatever else is said must be what the language says with a date. */
function inWords(text, { months, others }) {
  const years = [];
  const days = [];
  const named = [];
  for (const word of text.match(WORDS)) {
    if (/^\d/.test(word)) (word.length === 4 ? years : days).push(word);
    else if (months.has(word)) named.push(months.get(word));
    else if (!others.has(word)) return [];
  }
  if (years.length !== 1 || days.length > 1 || named.length !== 1) return [];
  return [iso({ y: years[0], m: named[0], d: days[0] })];
}

function iso({ y, m, d }) {
  return [y, m, d].filter(Boolean).map((part) => String(part).padStart(2, "0")).join("-");
}

const known = new Map();

/** The names of months that the browser has for a language, each with its number, and what else it writes in dates. */
function wordsOf(language, plain) {
  if (!known.has(language)) known.set(language, readWords(language, plain));
  return known.get(language);
}

function readWords(language, plain) {
  const months = new Map();
  const others = new Set(SAID);
  for (const style of STYLES) {
    const written = datesIn(language, style).map((date) => plain(date).match(/[\p{L}\p{M}]+/gu) ?? []);
    for (const [number, words] of written.entries()) {
      for (const word of words) {
        if (written.filter((some) => some.includes(word)).length > 1) others.add(word);
        else months.set(word, number + 1);
      }
    }
  }
  return { months, others };
}

/** Dates of each month, a whole week of them, so that no month has a weekday for itself. */
function datesIn(language, style) {
  try {
    const format = new Intl.DateTimeFormat(language, { ...style, calendar: "gregory", numberingSystem: "latn", timeZone: "UTC" });
    return Array.from({ length: 12 }, (_, month) => DAYS.map((day) => format.format(Date.UTC(2024, month, day))).join(" "));
  } catch {
    return [];
  }
}
