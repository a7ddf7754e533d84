// Which shards of a language have a word, so that no other is asked.

import { fetchRecord } from "./program.js";

const LETTERS = 3; // of a word decide in which file of the table it lies
export const PIECE = /^q\d{5}/; // the first character of a piece of a run without spaces
const MARKS = /\p{M}/gu;

export class Table {
  /** `program` gives a promise of the language's search program, which knows its stems. */
  constructor(base, { path, files }, program) {
    Object.assign(this, { url: `${base}${path}/`, count: files, getProgram: program, files: new Map() });
  }

  /** The shards that may have what every part of a query asks for: for each part bits by age, null for all. */
  async holdersOf(parts, language) {
    return Promise.all(parts.map((part) => this.#partHolders(part, language)));
  }

  async #partHolders(part, language) {
    const sequences = part.sequences.filter(({ languages }) => !languages || languages.has(language));
    const found = await Promise.all(sequences.map(({ lookups }) => Promise.all(lookups.map(({ form }) => this.#holders(form)))));
    return found.map((masks) => masks.reduce(both, null)).reduce(either, 0n);
  }

  /** The shards that have a word, or one that begins with it. */
  async #holders(word) {
    const plain = word.normalize("NFD").replace(MARKS, "");
    if (isShort(plain)) return null;
    const likely = this.#file(plain); // a stem mostly begins as the word does
    likely.catch(() => {});
    const stem = (await this.getProgram()).stem(plain);
    if (isShort(stem)) return null;
    let shards = 0n;
    for (const [found, mask] of Object.entries(await this.#file(stem))) {
      if (found.startsWith(stem)) shards |= BigInt(`0x${mask}`);
    }
    return shards;
  }

  #file(word) {
    const number = fileNumber(word, this.count);
    if (!this.files.has(number)) {
      const file = fetchRecord(`${this.url}${number}.json.gz`);
      this.files.set(number, file);
      file.catch(() => this.files.delete(number));
    }
    return this.files.get(number);
  }
}

/** Whether bits by age have a shard. */
export function has(shards, age) {
  return shards === null || ((shards >> BigInt(age)) & 1n) === 1n;
}

export function fileNumber(word, count) {
  return spread(keyOf(word), count);
}

/** One of `count` numbers for a text. */
export function spread(text, count) {
  let number = 0;
  for (const letter of text) number = (number * 31 + letter.codePointAt(0)) % 2 ** 32;
  return number % count;
}

function keyOf(word) {
  return PIECE.exec(word)?.[0] ?? [...word].slice(0, LETTERS).join("");
}

/** A beginning that does not tell the file. */
function isShort(word) {
  return !PIECE.test(word) && [...word].length < LETTERS;
}

function both(one, other) {
  if (one === null) return other;
  return other === null ? one : one & other;
}

function either(one, other) {
  return one === null || other === null ? null : one | other;
}
