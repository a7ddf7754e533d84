// Pagefind's search program (WebAssembly), called directly: one program a stemmer, any number of shards in it.
//
// Pagefind's own script ties one program to one page language and loads its list of files first; calling the
// program saves that script, a worker and two round trips for every language. The programs differ in their
// stemmers alone: one is fetched, of each other what it differs in.

const SIGNATURE = 12; // the length of "pagefind_dcd", which begins every file
const LIST = 4;
const TEXT = 3;
const EMPTY = textList([]);

/** The bytes of a file that Pagefind packed; a host may have unpacked it on the way. */
export async function fetchPacked(url) {
  return (await unpack(await fetchBytes(url))).subarray(SIGNATURE);
}

/**
 * The list of texts that a shard is opened with, as Pagefind writes it (CBOR): each with its number and how many words it has. A
 * text without words that can be found is not in it.
 */
export function textList(counts) {
  const bytes = [...head(LIST, 6), ...text("0"), ...head(LIST, counts.filter(Boolean).length)];
  counts.forEach((count, number) => {
    if (count) bytes.push(...head(LIST, 2), ...text(String(number)), ...head(0, count));
  });
  for (let more = 0; more < 3; more += 1) bytes.push(...head(LIST, 0)); // word files, filters, orders
  bytes.push(...head(LIST, 1), ...text("title")); // what else is indexed of a text
  return Uint8Array.from(bytes);
}

function text(letters) {
  return [...head(TEXT, letters.length), ...new TextEncoder().encode(letters)];
}

/** How a value begins: its kind, and a number. */
function head(kind, number) {
  const first = kind << 5;
  if (number < 24) return [first | number];
  if (number < 256) return [first | 24, number];
  if (number < 65536) return [first | 25, number >> 8, number & 255];
  return [first | 26, number >>> 24, (number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** Programs and differences from the file that has several: name → bytes. */
export function apart(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4 + view.getInt32(0, true);
  const lengths = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)));
  const parts = new Map();
  for (const [name, length] of Object.entries(lengths)) {
    parts.set(name, bytes.subarray(at, at + length));
    at += length;
  }
  return parts;
}

/** A packed JSON file. */
export async function fetchRecord(url) {
  return JSON.parse(new TextDecoder().decode(await unpack(await fetchBytes(url))));
}

async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export class Program {
  /** Load a program, or the one that `difference` makes of it. */
  static async load(program, difference) {
    const module = await WebAssembly.compile(difference ? changed(program, difference) : program);
    const imports = {};
    for (const { module: name, name: item } of WebAssembly.Module.imports(module)) {
      imports[name] ??= {};
      imports[name][item] = () => {}; // sets up a table for objects, of which none are passed
    }
    const instance = await WebAssembly.instantiate(module, imports);
    instance.exports.__wbindgen_start?.();
    return new Program(instance.exports);
  }

  constructor(exports) {
    this.wasm = exports;
  }

  /** Open a shard from its list of texts; gives a handle for the other calls. */
  open(meta) {
    return this.wasm.init_pagefind(...this.#bytes(meta)) >>> 0;
  }

  addChunk(shard, chunk) {
    return this.wasm.load_index_chunk(shard, ...this.#bytes(chunk)) >>> 0;
  }

  /** Make a shard tell which words it matched. */
  explain(shard) {
    return this.wasm.enter_playground_mode(shard) >>> 0;
  }

  /** What a word is looked up by. */
  stem(word) {
    this.empty ??= this.explain(this.open(EMPTY));
    return this.search(this.empty, word, word, false).search_keywords[0] ?? word;
  }

  /** Look up the stem of a word; with `marked` only words that begin as `original`, or that it begins with, marks and all. */
  search(shard, word, original, exact, marked = false) {
    const given = [...this.#text(word), ...this.#text(original), ...this.#text("{}"), ...this.#text("")];
    return this.#json(this.wasm.search(shard, ...given, exact, marked));
  }

  #bytes(bytes) {
    const pointer = this.wasm.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(this.wasm.memory.buffer).set(bytes, pointer);
    return [pointer, bytes.length];
  }

  #text(text) {
    return this.#bytes(new TextEncoder().encode(text));
  }

  #json([pointer, length]) {
    const bytes = new Uint8Array(this.wasm.memory.buffer).subarray(pointer >>> 0, (pointer >>> 0) + length);
    const text = new TextDecoder().decode(bytes);
    this.wasm.__wbindgen_free(pointer, length, 1);
    return JSON.parse(text);
  }
}

/** The program that a difference makes of another: see `site/programs.py`. */
function changed(base, difference) {
  const view = new DataView(difference.buffer, difference.byteOffset, difference.byteLength);
  const count = view.getInt32(0, true);
  const number = (kind, step) => view.getInt32(4 * (1 + kind * count + step), true);
  const steps = Array.from({ length: count }, (_, step) => [number(0, step), number(1, step), number(2, step)]);
  let sums = 4 * (1 + 3 * count);
  let fresh = sums + steps.reduce((total, [, , added]) => total + added, 0);
  const length = steps.reduce((total, [own, , added]) => total + own + added, 0);
  const program = new Uint8Array(length);
  let [at, place] = [0, 0];
  for (const [own, move, added] of steps) {
    program.set(difference.subarray(fresh, fresh + own), at);
    at += own;
    fresh += own;
    place += move;
    for (let step = 0; step < added; step += 1) program[at + step] = base[place + step] + difference[sums + step];
    at += added;
    place += added;
    sums += added;
  }
  return program;
}
