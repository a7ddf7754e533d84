// Names in a query: whose they are, in whatever script and spelling, and what else they are called.

import { Outlets } from "./outlets.js";
import { makeSequence, plain } from "./query.js";
import { makePlain } from "./segment.js";
import { fetchRecord } from "./program.js";
import { base } from "./ranking.js";
import { spread } from "./tables.js";

const WIDE = 0x2e80;
const WIDE_LETTER = String.fromCodePoint(WIDE);
const MOST_KEYS = 12; // keys with one first letter that are all looked through for names spelt nearly so
const LONGEST = 6; // words of a name
const MOST_CODES = 4; // languages whose names stand in for those that a language lacks
const WHOLE = 3; // letters of a word from which on it may be the beginning of one
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu;

export class Names {
  /** `folder` is the address of the table; the federation knows its files, the rules and the languages. */
  constructor(folder, federation) {
    this.folder = folder;
    this.files = new Map();
    const { files = 0, letters = {} } = federation.manifest.names ?? {};
    this.count = files;
    this.known = new Set();
    for (const [first, others] of Object.entries(letters)) {
      for (const second of others) this.known.add(first + (second === "." ? "" : second));
    }
    this.languages = Object.keys(federation.manifest.languages);
    this.plainLetters = makePlain(federation.manifest.segmentation);
    this.alike = new Map(Object.entries(federation.manifest.segmentation.names));
    this.tokens = federation.tokens;
    this.variants = (text) => federation.han.variants(text);
    this.outlets = new Outlets(federation.manifest.sources ?? {}, (text) => this.spelling(text));
  }

  /** Start loading what tells the names that a query may begin with. */
  async warm(text) {
    const written = this.spelling(text);
    if (written.length > 1 || written > WIDE_LETTER) await this.#file(written);
  }

  /** The form in which names are compared. */
  spelling(text) {
    const folded = this.plainLetters(text).normalize("NFD").replace(MARKS, "").normalize("NFC");
    const alike = [...folded].map((letter) => this.alike.get(letter) ?? letter).join("");
    return alike.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
  }

  /**
   * Put the other names of each name of a query beside it, unless it stands in quotation marks, which ask for what is
   * written. Gives the new parts and the names found, as `{id, entity, names, text, length}`; `exact` are those in
   * quotation marks.
   */
  async widen(parts) {
    const found = [];
    const widened = [];
    for (let at = 0; at < parts.length; ) {
      const name = await this.#longest(parts, at);
      if (name === null) {
        widened.push(parts[at]);
        at += 1;
      } else {
        const { exact } = parts[at];
        widened.push(exact ? parts[at] : this.#part(name));
        found.push({ ...name, exact });
        at += name.length;
      }
    }
    return { parts: widened, found };
  }

  /**
   * The entities of whose names a word begins with each word of a query, in some language: `{id, entity}`, those that have the
   * words whole first, then those with names in most languages.
   */
  async offers(parts) {
    const words = parts.flatMap(({ text }) => this.spelling(text).split(" ")).filter(Boolean);
    if (!words.length || words.length > LONGEST) return [];
    const [first, ...others] = await Promise.all(words.map((word) => this.#begun(word)));
    const found = [...first].filter(([id]) => others.every((some) => some.has(id)));
    const offers = found.map(([id, one]) => ({ id, ...one, whole: one.whole && others.every((some) => some.get(id).whole) }));
    const languages = ({ entity }) => Object.keys(entity.names).length;
    return offers.sort((a, b) => b.whole - a.whole || languages(b) - languages(a) || (a.id < b.id ? -1 : 1));
  }

  /** The entities of whose names a word begins so: id → `{entity, whole}`. */
  async #begun(word) {
    const file = await this.#file(word);
    const found = new Map();
    const add = (written, ids) => {
      const whole = written === word || written.startsWith(`${word} `);
      if (!whole && !(written.startsWith(word) && (word.length >= WHOLE || word >= WIDE_LETTER))) return;
      for (const id of ids) found.set(id, { entity: file.entities[id], whole: whole || (found.get(id)?.whole ?? false) });
    };
    for (const [written, owners] of Object.entries(file?.spellings ?? {})) add(written, Object.keys(owners));
    for (const [written, ids] of Object.entries(file?.words ?? {})) add(written, ids);
    return found;
  }

  /** The names spelt nearly as a word of the query: `{id, entity, text}`, nearest first. */
  async near(parts) {
    const found = [];
    for (const { text, exact } of parts) {
      if (!exact) found.push(...(await this.#nearOne(text)));
    }
    return found.sort((a, b) => a.distance - b.distance || (a.spelling < b.spelling ? -1 : 1));
  }

  /** Query parts in which a word is replaced by the name that it nearly is. */
  corrected(parts, near) {
    return parts.map((part) => (part.text === near.text && !part.exact ? this.#part({ ...near, text: near.spelling }) : part));
  }

  async #longest(parts, at) {
    for (let length = Math.min(LONGEST, parts.length - at); length > 0; length -= 1) {
      const some = parts.slice(at, at + length);
      if (length > 1 && some.some((part) => part.exact)) continue;
      const text = some.map((part) => part.text).join(" ");
      for (const one of [text, ...this.variants(text)]) {
        const written = this.spelling(one);
        if (!written) continue;
        const file = await this.#file(written);
        const owners = file && Object.hasOwn(file.spellings, written) ? file.spellings[written] : null;
        if (owners) return { ...this.#owner(file, owners, written), text, length };
      }
    }
    return null;
  }

  /**
   * Of several owners of a name those that have it as a whole name go first, then by id. A person called by
   * one word is looked for by one word in all languages.
   */
  #owner(file, owners, written) {
    const ids = Object.keys(owners).sort();
    const id = ids.find((one) => owners[one] === "name") ?? ids[0];
    const entity = file.entities[id];
    const short = entity.parts && (owners[id] === "part" || !written.includes(" "));
    return { id, entity, names: short ? entity.parts : entity.names };
  }

  /** A part that any of the names of an entity fulfils: as typed everywhere, each other name in its languages. */
  #part({ id, text, names }) {
    const { tokens } = this;
    const sequences = [text, ...this.variants(text)].map((one) => makeSequence(one, tokens));
    const written = ({ lookups }) => lookups.map(({ form }) => plain(form)).join(" ");
    const known = new Set(sequences.map(written));
    for (const language of this.languages) {
      for (const name of namesFor(names, language)) {
        const sequence = makeSequence(name, tokens);
        const key = `${language} ${written(sequence)}`;
        if (!sequence.lookups.length || known.has(key) || known.has(written(sequence))) continue;
        known.add(key);
        sequences.push({ ...sequence, languages: new Set([language]) });
      }
    }
    return { text, exact: false, sequences, names, entity: id };
  }

  async #nearOne(text) {
    const written = this.spelling(text);
    const most = written.length >= 8 ? 2 : 1;
    if (written.length < 4) return [];
    const found = new Map();
    const wanted = this.#neighbours(written);
    for (const file of new Set(await Promise.all([...wanted].map((key) => this.#read(key))))) {
      for (const [spelling, owners] of Object.entries(file?.spellings ?? {})) {
        if (!wanted.has(keyOf(spelling))) continue;
        const distance = distanceUpTo(written, spelling, most);
        if (distance === 0 || distance > most) continue;
        const owner = this.#owner(file, owners, spelling);
        const other = found.get(owner.id);
        if (!other || other.distance > distance) found.set(owner.id, { ...owner, text, spelling, distance });
      }
    }
    return [...found.values()];
  }

  /** The keys under which a spelling one letter away may be, also when one of the first two letters is wrong. */
  #neighbours(written) {
    const own = keyOf(written);
    const [first] = own;
    const swapped = keyOf(written[1] + written[0] + written.slice(2));
    const wanted = new Set([own, swapped, keyOf(written.slice(1)), keyOf(written[0] + written.slice(2))]);
    const sameFirst = [...this.known].filter((key) => key.startsWith(first));
    if (sameFirst.length <= MOST_KEYS) for (const key of sameFirst) wanted.add(key);
    return wanted;
  }

  async #file(written) {
    return this.#read(keyOf(written));
  }

  async #read(key) {
    if (!this.known.has(key)) return null;
    const number = spread(key, this.count);
    if (!this.files.has(number)) {
      this.files.set(number, fetchRecord(`${this.folder}${number}.json.gz`));
      this.files.get(number).catch(() => this.files.delete(number));
    }
    return this.files.get(number);
  }
}

/**
 * The names to look for in texts of a language: its own, else those in the same script; and the one in Latin
 * letters, which texts in every script may carry.
 */
export function namesFor(names, language) {
  const codes = Object.keys(names);
  const own = codes.filter((code) => base(code) === base(language));
  const script = scriptOf(language);
  const near = own.length ? own : codes.filter((code) => scriptOf(code) === script).slice(0, MOST_CODES);
  const latin = names.en ? ["en"] : codes.filter((code) => scriptOf(code) === "Latn").slice(0, 1);
  return [...new Set([...near.flatMap((code) => names[code]), ...latin.map((code) => names[code][0])])].filter(Boolean);
}

function scriptOf(language) {
  try {
    return new Intl.Locale(language).maximize().script ?? "";
  } catch {
    return "";
  }
}

/** What decides in which file a spelling lies; see `site/search_names.py`. */
function keyOf(written) {
  const first = written.codePointAt(0);
  return first >= WIDE ? String.fromCodePoint((first >> 6) << 6) : [...written].slice(0, 2).join("");
}

/** Letters to change, add, drop or swap between two words; anything above `most` may be given as more. */
function distanceUpTo(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + same);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, before[column - 2] + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[other.length];
}
