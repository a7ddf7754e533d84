// One shard of the index: finding words in it, its columns, its records.

import { fetchPacked, fetchRecord, textList } from "./program.js";
import { paragraphsOf } from "./texts.js";
import { PIECE } from "./tables.js";

const MARKS = /\p{M}/gu;
const VOWELS = /[\u0780-\u07bf\u0900-\u0dff]/u; // scripts whose vowels are marks, so that without them other words look alike
const LAST = /\p{M}+$/u;
const ENDING = 2; // letters that a stem mostly lacks at most
const SHORTEST = 3; // letters of a stem from which on all words that begin with it are looked for

export class Shard {
  /**
   * `program` and `opening` give promises of the search program, shared by all shards of a stemmer, and of what must be
   * known before the shard is asked; `guess` is what probably parts its word files, `together` the records of a file.
   */
  constructor(base, entry, language, { program, opening, guess, together }) {
    this.url = `${base}${entry.path}/`;
    this.path = entry.path;
    this.name = entry.path.slice(0, entry.path.lastIndexOf("-")); // its language and its period, without the digest
    this.language = language;
    this.count = entry.count;
    this.from = entry.from ?? "";
    this.to = entry.to ?? "";
    this.guess = guess?.split(" ").filter(Boolean);
    this.getProgram = program;
    this.getOpening = opening;
    this.together = together;
    this.root = new URL("../../", base);
    this.files = new Map();
    this.whole = new Map(); // number → promise of the record with its text
    this.found = new Map();
    this.words = new Map(); // name of a file → promise of its bytes
  }

  /** Whether it may have texts of some days, months or years; an empty text sets no bound. */
  isWithin({ from, to }) {
    return this.to >= from && this.from.slice(0, to.length) <= to && (this.to !== "" || !(from || to));
  }

  /** Load what every query needs. */
  async open() {
    this.opened ??= Promise.all([this.getProgram(), this.getOpening()]).then(([program, { counts, bounds, files }]) => {
      this.program = program;
      this.bounds = files ? bounds : undefined;
      this.texts = textList(counts);
      this.handle = program.open(this.texts);
      this.chunks = new Map();
      this.loaded = new Map();
    });
    return retry(this, "opened");
  }

  /** Begin to fetch the words among which a word is, or is likely to be: what is known of an open shard tells for sure. */
  expect(word) {
    const plain = plainForm(word);
    if (!plain) return;
    const names = this.handle === undefined ? guessed(this.guess, plain) : filesOf(this.bounds, this.program.stem(plain));
    for (const name of names) this.#bytes(name).catch(() => {});
  }

  /**
   * The texts that have a word, or one that begins with it: number → score, places of the word, and as `loose` 1 where only
   * the beginning is the same, not the stem. Where vowels are marks, which stems lack, those of the word must be the same
   * too, but for what it ends with.
   */
  async find(word) {
    let result = this.found.get(word);
    if (result === undefined) {
      result = this.#find(word);
      this.found.set(word, result);
      result.catch(() => this.found.delete(word));
    }
    return result;
  }

  async #find(word) {
    const plain = plainForm(word);
    if (!plain) return new Map();
    if (this.handle === undefined) this.expect(word);
    await this.open();
    const stem = this.program.stem(plain);
    const names = filesOf(this.bounds, stem);
    await Promise.all(names.map((name) => this.#chunk(name)));
    const cut = stem.length < Math.min(SHORTEST, plain.length); // what is left begins words that have nothing to do with it
    const { results } = VOWELS.test(word)
      ? this.program.search(this.handle, plain, word.replace(LAST, ""), cut, true)
      : this.program.search(this.handle, plain, word, cut);
    const same = cut ? results : this.program.search(this.handle, plain, plain, true).results;
    if (results.length && !same.length && !this.#begins(plain, names)) return new Map();
    const close = new Set(PIECE.test(word) ? results.map(({ p }) => p) : same.map(({ p }) => p)); // every part of a run is one
    return new Map(results.map(({ p, s, l }) => [Number(p), { score: s, loose: close.has(p) ? 0 : 1, places: l.map((place) => place.l) }]));
  }

  async #chunk(name) {
    let chunk = this.chunks.get(name);
    if (chunk === undefined) {
      chunk = this.#bytes(name).then((bytes) => {
        this.handle = this.program.addChunk(this.handle, bytes);
        this.loaded.set(name, bytes);
      });
      this.chunks.set(name, chunk);
      chunk.catch(() => this.chunks.delete(name));
    }
    return chunk;
  }

  async #bytes(name) {
    let bytes = this.words.get(name);
    if (bytes === undefined) {
      bytes = fetchPacked(`${this.url}index/${name}.pf_index`);
      this.words.set(name, bytes);
      bytes.catch(() => this.words.delete(name));
    }
    return bytes;
  }

  /**
   * Whether the word, stemmed, begins a word of the index, although it is none. When it does not, Pagefind takes the longest
   * word that the query begins with, which is "a" for many; that is no hit.
   */
  #begins(plain, names) {
    // A second handle in the mode that names the words matched, with the same chunks.
    this.probe ??= { handle: this.program.explain(this.program.open(this.texts)), names: new Set() };
    for (const name of names) {
      if (!this.probe.names.has(name)) {
        this.probe.handle = this.program.addChunk(this.probe.handle, this.loaded.get(name));
        this.probe.names.add(name);
      }
    }
    const { results, search_keywords: stems } = this.program.search(this.probe.handle, plain, plain, false);
    const words = results.flatMap((result) => result.l.map((place) => place.v?.ws ?? ""));
    return words.some((found) => stems.some((stem) => found.startsWith(stem)));
  }

  /** For each column its values and a number for each text. */
  async columns() {
    this.table ??= fetch(`${this.url}columns.json`).then((response) => response.json());
    return retry(this, "table");
  }

  /** What is told of a text besides its words. */
  async record(number) {
    const place = Math.floor(number / this.together);
    let file = this.files.get(place);
    if (file === undefined) {
      file = fetchRecord(`${this.url}record/${place}.json.gz`);
      this.files.set(place, file);
      file.catch(() => this.files.delete(place));
    }
    return (await file)[number % this.together];
  }

  /** The record of a text with its subtitle and its paragraphs as `[address, text]`. Those of an article are read off its page. */
  async read(number) {
    let whole = this.whole.get(number);
    if (whole === undefined) {
      whole = this.record(number).then(async (record) => {
        const own = [record.subtitle ?? [], record.text ?? []].flat().map((text) => ["", text]);
        const text = record.kind === "article" ? await paragraphsOf(new URL(record.url, this.root)) : [];
        return { ...record, text: [...own, ...text] };
      });
      this.whole.set(number, whole);
      whole.catch(() => this.whole.delete(number));
    }
    return whole;
  }
}

function plainForm(word) {
  return word.normalize("NFD").replace(MARKS, "");
}

/** Which of the word files, parted by `bounds`, have a stem and what begins with it; with short ones too many would. */
function filesOf(bounds, stem) {
  if (bounds === undefined) return [];
  const after = bounds.findIndex((start) => start > stem);
  const first = after < 0 ? bounds.length : after;
  let last = first;
  while (last < bounds.length && stem.length >= SHORTEST && bounds[last].startsWith(stem)) last += 1;
  return Array.from({ length: last - first + 1 }, (_, step) => String(first + step));
}

/** The word files that a word is probably in, whose stem is not known: it is mostly a little shorter. */
function guessed(bounds, word) {
  const begin = word.slice(0, Math.max(SHORTEST, word.length - ENDING));
  return [...new Set([...filesOf(bounds, begin).slice(0, 1), ...filesOf(bounds, word)])];
}

/** A promise kept in a field; one that failed is forgotten, so that the next call tries again. */
function retry(owner, field) {
  owner[field].catch(() => {
    owner[field] = undefined;
  });
  return owner[field];
}
