// Finding: what was typed, then the other names, and when nothing has it, what comes nearest.

import { matchPart, Search } from "./federation.js";
import { makeSequence } from "./query.js";

const SHORTEST = 2; // letters of a beginning that is tried when a word is not found
const ENOUGH = 0.6; // of a word must be kept in it

export class Finder {
  /** `names` may be null. */
  constructor(federation, names, language) {
    Object.assign(this, { federation, names, language });
  }

  /**
   * Run a state's query. `change(search)` is called whenever there is more; `named(found)` when names are known, `offered(found)`
   * when it is known which further ones have the words.
   * Gives `{search, typed, near, word, begin}`: the search with the results, the query's parts as typed, the names
   * spelt nearly so, and for a `word` that no text has the `begin`ning that was searched instead.
   */
  async find(state, { change = () => {}, named = () => {}, offered = () => {}, stopped = () => false } = {}) {
    const typed = this.federation.parse(state.q);
    this.federation.warm(state.q, this.language).catch(() => {}); // while the names are looked up
    const widened = await this.#widen(typed, state);
    if (stopped()) return null;
    named(widened.found);
    const offering = this.#offer(typed, state, widened.found).then((found) => stopped() || offered(found));
    const start = (parts) => this.#search(parts, state, { change, stopped });
    let outcome = { search: await start(widened.parts), typed, near: [] };
    if (!stopped() && !anyMatch(outcome.search)) {
      outcome = { ...outcome, ...(await this.#otherwise(widened.parts, typed, state, { start, named, stopped, ...outcome })) };
    }
    await offering;
    return stopped() ? null : outcome;
  }

  /** The entities that have the words asked for in their names, but for those that were found. */
  async #offer(typed, state, found) {
    if (!this.names || !state.names) return [];
    const known = new Set(found.map(({ id }) => id));
    const offers = await this.names.offers(typed).catch(() => []);
    return offers.filter(({ id }) => !known.has(id));
  }

  async #widen(typed, state) {
    if (!this.names || !state.names) return { parts: typed, found: [] };
    try {
      return await this.names.widen(typed);
    } catch {
      return { parts: typed, found: [] }; // without the table of names the words as typed are searched
    }
  }

  async #search(parts, state, { change, stopped }) {
    const { q: text, entity, story, sort, language, source, kind, from, to } = state;
    const options = { text, interfaceLanguage: this.language, entity, story, sort };
    options.filters = { language, source, kind, from, to };
    const search = new Search(this.federation, parts, options, (now) => (stopped() ? now.stop() : change(now)));
    change(search);
    return search.run();
  }

  /** A name that is nearly what was typed, words that begin alike, or the pieces of a word apart. */
  async #otherwise(parts, typed, state, { search, start, named, stopped }) {
    const near = this.names && state.names ? await this.names.near(typed).catch(() => []) : [];
    if (near.length && !stopped()) {
      const other = await start(this.names.corrected(parts, near[0]));
      if (anyMatch(other)) {
        named([near[0]]);
        return { search: other, near };
      }
    }
    const looser = stopped() ? null : await this.#loosen(parts, search);
    if (!looser || stopped()) return { near };
    const other = await start(looser.parts);
    return anyMatch(other) ? { search: other, near, word: looser.word, begin: looser.begin } : { near };
  }

  /** The parts, of which those that no text has are made looser; null when one cannot be. */
  async #loosen(parts, search) {
    const loose = [];
    let told = {};
    for (const [index, part] of parts.entries()) {
      if (search.partCounts[index] || part.exact) {
        loose.push(part);
        continue;
      }
      const begin = await this.#beginning(part.text);
      const { lookups } = part.sequences[0];
      if (begin) {
        told = { word: part.text, begin: begin.text };
        loose.push({ ...part, sequences: [begin] });
      } else if (lookups.length > 1) {
        loose.push(...lookups.map((one) => ({ ...part, sequences: [{ text: part.text, lookups: [{ ...one, offset: 0 }] }] })));
      } else {
        return null;
      }
    }
    return { parts: loose, ...told };
  }

  /** The longest beginning of a word that some text has, or has a word with. */
  async #beginning(word) {
    const letters = [...word];
    const least = Math.max(SHORTEST, Math.ceil(letters.length * ENOUGH));
    for (let length = letters.length - 1; length >= least; length -= 1) {
      const sequence = makeSequence(letters.slice(0, length).join(""), this.federation.tokens);
      if (!sequence.lookups.length) return null;
      const part = { sequences: [sequence] };
      const { shards } = this.federation;
      const holds = await this.federation.holders([part], shards.map((shard) => shard.language));
      const found = await Promise.all(
        shards.filter((shard) => holds(shard, 0)).map((shard) => matchPart(shard, part).catch(() => new Map())),
      );
      if (found.some((matches) => matches.size)) return sequence;
    }
    return null;
  }
}

function anyMatch(search) {
  return [...search.found.values()].some((matches) => matches.size);
}
