// One shard of the index: finding words in it, its columns, its records.

import { fetchPacked, fetchRecord } from "./program.js";

const MARKS = /\p{M}/gu;

export class Shard {
  /** `program` is a promise, shared by all shards of a stemmer. */
  constructor(base, entry, language, program) {
    this.url = `${base}${entry.path}/`;
    this.path = entry.path;
    this.language = language;
    this.count = entry.count;
    this.from = entry.from ?? "";
    this.to = entry.to ?? "";
    this.getProgram = program;
    this.files = new Map();
    this.found = new Map();
  }

  /** Load what every query needs. */
  async open() {
    this.opened ??= Promise.all([this.getProgram(), fetchPacked(`${this.url}meta.pf_meta`)]).then(([program, meta]) => {
      this.program = program;
      this.meta = meta;
      this.handle = program.open(meta);
      this.chunks = new Map();
      this.loaded = new Map();
    });
    return retry(this, "opened");
  }

  /** The texts that have a word, or one that begins with it: number → score and places of the word. */
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
    await this.open();
    const plain = word.normalize("NFD").replace(MARKS, "");
    if (!plain) return new Map();
    const names = this.program.chunksFor(this.handle, plain);
    await Promise.all(names.map((name) => this.#chunk(name)));
    const { results } = this.program.search(this.handle, plain, word, false);
    if (results.length && !this.#begins(plain, names)) return new Map();
    return new Map(results.map(({ p, s, l }) => [Number(p), { score: s, places: l.map((place) => place.l) }]));
  }

  async #chunk(name) {
    let chunk = this.chunks.get(name);
    if (chunk === undefined) {
      chunk = fetchPacked(`${this.url}index/${name}.pf_index`).then((bytes) => {
        this.handle = this.program.addChunk(this.handle, bytes);
        this.loaded.set(name, bytes);
      });
      this.chunks.set(name, chunk);
      chunk.catch(() => this.chunks.delete(name));
    }
    return chunk;
  }

  /**
   * Whether the word, stemmed, begins a word of the index. When it does not, Pagefind takes the longest word
   * that the query begins with, which is "a" for many; that is no hit.
   */
  #begins(plain, names) {
    if (this.program.search(this.handle, plain, plain, true).results.length) return true;
    return this.#explain(plain, names);
  }

  #explain(plain, names) {
    // A second handle in the mode that names the words matched, with the same chunks.
    this.probe ??= { handle: this.program.explain(this.program.open(this.meta)), names: new Set() };
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

  async record(number) {
    let file = this.files.get(number);
    if (file === undefined) {
      file = fetchRecord(`${this.url}record/${number}.json.gz`);
      this.files.set(number, file);
      file.catch(() => this.files.delete(number));
    }
    return file;
  }
}

/** A promise kept in a field; one that failed is forgotten, so that the next call tries again. */
function retry(owner, field) {
  owner[field].catch(() => {
    owner[field] = undefined;
  });
  return owner[field];
}
