// Reading a query: words, phrases in quotation marks, and what is looked up for each.

import { lookups } from "./segment.js";

const LONGEST = 2000; // characters of a query that are read
const MOST = 24; // words and phrases
const QUOTED = /(^|\s)(?:["＂“”„«»「『《〈](.+?)["＂“”„«»」』》〉]|['‘‚‹](.+?)['’‘›])(?=\s|$)/gu;

/**
 * The parts of a query, all of which a text must have. A part has `sequences`, of which one is enough;
 * `exact` parts stand in quotation marks. `variants` gives other ways to write a word.
 */
export function parseQuery(text, tokens, endings, variants = () => []) {
  const clean = wellFormed(text).slice(0, LONGEST).normalize("NFC");
  const parts = [];
  const add = (words, exact) => {
    const sequence = makeSequence(words, tokens);
    if (!sequence.lookups.length || parts.length >= MOST) return;
    const written = exact ? [] : variants(words).map((one) => makeSequence(one, tokens));
    const others = exact ? [] : [...written, ...withoutEndings(words.toLowerCase(), tokens, endings)];
    parts.push({ text: words, exact, sequences: [sequence, ...others] });
  };
  const rest = clean.replace(QUOTED, (_, before, phrase, inSingle) => {
    add((phrase ?? inSingle).trim(), true);
    return `${before} `;
  });
  for (const word of rest.split(/\s+/u)) if (word) add(word, false);
  return parts;
}

/** Ways to look for a word in languages whose endings are known: by what is left without the longest that fits. */
function withoutEndings(word, tokens, endings) {
  const found = new Map();
  for (const [language, list] of endings) {
    const ending = list.find((one) => word.endsWith(one) && word.length - one.length >= leastLeft(word));
    if (ending === undefined) continue;
    const rest = word.slice(0, -ending.length);
    if (!found.has(rest)) found.set(rest, { ...makeSequence(rest, tokens), languages: new Set(), weight: 0.8 });
    found.get(rest).languages.add(language);
  }
  return [...found.values()];
}

/** Letters that must be left of a word: two syllables in Korean, else three letters and half of them. */
function leastLeft(word) {
  return /^\p{Script=Hangul}/u.test(word) ? 2 : Math.max(3, Math.ceil(word.length / 2));
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

/** A word without the marks that are left aside where words are compared. */
export function plain(form) {
  return form.normalize("NFD").replace(/[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/gu, "");
}
