// Reading a query: words, phrases in quotation marks, and what is looked up for each.

import { lookups } from "./segment.js";

const LONGEST = 2000; // characters of a query that are read
const MOST = 24; // words and phrases
const QUOTED = /(^|\s)["“”„«»「『](.+?)["“”„«»」』](?=\s|$)/gu;

/**
 * The parts of a query, all of which a text must have. A part has `sequences`, of which one is enough;
 * `exact` parts stand in quotation marks.
 */
export function parseQuery(text, tokens, endings) {
  const clean = wellFormed(text).slice(0, LONGEST).normalize("NFC");
  const parts = [];
  const add = (words, exact) => {
    const sequence = makeSequence(words, tokens);
    if (!sequence.lookups.length || parts.length >= MOST) return;
    const others = exact ? [] : withoutEnding(words, endings).map((word) => makeSequence(word, tokens));
    parts.push({ text: words, exact, sequences: [sequence, ...others] });
  };
  const rest = clean.replace(QUOTED, (_, before, phrase) => {
    add(phrase.trim(), true);
    return `${before} `;
  });
  for (const word of rest.split(/\s+/u)) if (word) add(word, false);
  return parts;
}

/** A word without the longest particle written onto it, when two letters or more are left. */
function withoutEnding(word, endings) {
  const fitting = endings.filter((ending) => word.endsWith(ending) && word.length - ending.length >= 2);
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  return longest ? [word.slice(0, -longest.length)] : [];
}

/** A stretch of words that must stand side by side. */
export function makeSequence(text, tokens) {
  return { text, lookups: lookups(tokens(text)) };
}

/** The places (index of the first token) where a sequence stands as written, apart from marks and case. */
export function placesAsWritten(sequence, forms) {
  const [first] = sequence.lookups;
  const places = [];
  const fits = (at) =>
    sequence.lookups.every(({ form, whole, offset }) => {
      const found = forms[at + offset - first.offset];
      if (found === undefined) return false;
      return whole === undefined ? found.startsWith(form) : plain(found) === plain(whole);
    });
  for (let at = 0; at < forms.length; at += 1) if (fits(at)) places.push(at);
  return places;
}

/** Text without lone surrogates, which addresses cannot carry. */
export function wellFormed(text) {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

function plain(form) {
  return form.normalize("NFD").replace(/[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/gu, "");
}
