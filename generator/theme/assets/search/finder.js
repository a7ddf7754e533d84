// Finding: what was typed, then the other names, and when nothing has it, what comes nearest.

import { readDate } from "./dates.js";
import { matchPart, Search } from "./federation.js";
import { makeSequence } from "./query.js";
import { boundsOf } from "./state.js";

const SHORTEST = 2; // letters of a beginning that is tried when a word is not found
const ENOUGH = 0.6; // of a word must be kept in it
const MOST_DATES = 20; // years of a day without a year that are looked through
const WORLD = ["ar", "de", "en", "es", "fr", "he", "hi", "pt", "ru", "uk"]; // languages whose dates are read, whichever the archive has
const YEAR = /^\d+(?:\/\d+)?$/;

export class Finder {
  /** `names` may be null. */
  constructor(federation, names, language) {
    Object.assign(this, { federation, names, language });
  }

  /**
   * Run a state's query. `change(search)` is called whenever there is more; `named(found)` when names are known, `offered(found)`
   * when it is known which further ones have the words.
   * Gives `{search, typed, near, rest, word, begin}`: the search with the results, the query's parts as typed, the names
   * spelt nearly so, what of the query is no date, and for a `word` that no text has the `begin`ning that was searched instead.
   */
  async find(state, { change = () => {}, named = () => {}, offered = () => {}, stopped = () => false } = {}) {
    await this.federation.han.ready(state.q);
    this.federation.warm(state.q, this.language).catch(() => {}); // while the names are looked up
    const { typed, words, ...widened } = await this.#read(state);
    if (stopped()) return null;
    named(widened.found);
    const offering = this.#offer(typed, words, state, widened.found).then((found) => stopped() || offered(found));
    const start = (parts) => this.#search(parts, state, { change, stopped });
    let outcome = { search: await start(widened.parts), typed, near: [], rest: state.q };
    if (!stopped() && !anyMatch(outcome.search)) {
      const [dated] = (await this.dated(state, stopped, true)).filter(({ asked }) => asked);
      const other = dated ? { search: dated.search } : (await this.#otherwise(widened.parts, typed, state, { start, named, stopped, ...outcome }));
      outcome = { ...outcome, ...other, rest: this.#readDate(state)?.rest ?? state.q };
    }
    await offering;
    return stopped() ? null : outcome;
  }

  /**
   * What of a query is a date: each that it may be and that has something, as `{date, rest, asked, search}`. Where none has and
   * `loosely` is given, what was not `asked`: its month or year, and the date without the other words.
   */
  async dated(state, stopped, loosely = false) {
    const read = this.#readDate(state);
    this.dates ??= read ? this.#ofDates(read, state, { stopped, loosely }).catch(() => []) : []; // what was typed is searched all the same
    return this.dates;
  }

  /** The outlets that a query names, as `{id, rest, search}`, where they have the `rest` of it; the search is null where there is none. */
  async outlets(state, stopped) {
    if (!this.names || state.source.length) return [];
    const one = async ({ id, rest }) => {
      if (!rest) return { id, rest, search: null };
      const { parts } = await this.#read({ ...state, q: rest });
      return { id, rest, search: await this.#search(parts, { ...state, q: rest, source: [id] }, { stopped, counting: true }) };
    };
    const found = await Promise.all(this.names.outlets.namedIn(this.federation.parse(state.q)).map(one));
    return found.filter(({ search }) => !search || search.size());
  }

  #readDate({ q, from, to }) {
    const { federation, language, names } = this;
    if (!names || from || to) return null;
    const languages = new Set([language, ...navigator.languages, ...Object.keys(federation.manifest.languages), ...WORLD]);
    return readDate(q, [...languages], names.plainLetters);
  }

  /**
   * The parts of a query as `typed`, its `words` besides a date, the `parts` to search and the names `found`. The parts of a date have its
   * `dates`: what is of then fulfils them, too. A year alone is a word like others, and so is what is in a name (*September 11 attacks*).
   */
  async #read(state) {
    const { federation } = this;
    const typed = federation.parse(state.q);
    const whole = { typed, words: typed, ...(await this.#widen(typed, state)) };
    const { dates = [], said = "", rest = "" } = this.#readDate(state) ?? {};
    const reached = federation.reached(dates.filter((date) => !YEAR.test(date))).slice(0, MOST_DATES);
    const ofDate = reached.length ? federation.parse(said).map((part) => ({ ...part, dates: reached })) : [];
    const isSaid = ({ text, length }) => length > 1 && ofDate.some((part) => text.split(" ").includes(part.text));
    if (!ofDate.length || ofDate.some(({ exact }) => exact) || whole.found.some(isSaid)) return whole;
    const words = federation.parse(rest);
    const widened = await this.#widen(words, state);
    return { typed: [...words, ...ofDate], words, parts: [...widened.parts, ...ofDate], found: widened.found };
  }

  async #ofDates({ dates, rest }, state, { stopped, loosely }) {
    const { parts } = await this.#widen(this.federation.parse(rest), state);
    const count = (some, words, asked) => this.#count(some, words, { state: { ...state, q: words.length ? rest : "" }, stopped, asked });
    const found = await count(dates, parts, true);
    if (found.length || !loosely) return found;
    for (let some = lessExact(dates); some.length && !found.length && !stopped(); some = lessExact(some)) found.push(...(await count(some, parts, false)));
    if (parts.length) found.push(...(await count(dates, [], false)));
    return found;
  }

  async #count(dates, parts, { state, stopped, asked }) {
    const reached = this.federation.reached(dates).slice(0, MOST_DATES);
    const one = async (date) => {
      const search = await this.#search(parts, { ...state, ...boundsOf(date) }, { stopped, counting: true });
      return { date, rest: state.q, asked, search };
    };
    return (await Promise.all(reached.map(one))).filter(({ search }) => search.size());
  }

  /** The entities that have the words asked for in their names, but for those that were found. */
  async #offer(typed, words, state, found) {
    if (!this.names || !state.names) return [];
    const known = new Set(found.map(({ id }) => id));
    let offers = await this.names.offers(typed).catch(() => []);
    if (!offers.length && words.length < typed.length) offers = await this.names.offers(words).catch(() => []);
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

  async #search(parts, state, { change = () => {}, stopped, counting = false }) {
    const { q: text, entity, story, sort, language, source, kind, from, to } = state;
    const options = { text, interfaceLanguage: this.language, entity, story, sort, counting };
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
      if (search.partCounts[index] || part.exact || part.dates) {
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

/** The months of days, the years of months. */
function lessExact(dates) {
  const shorter = dates.filter((date) => /^\d[^/]*$/.test(date)).map((date) => date.split("-").slice(0, -1).join("-"));
  return [...new Set(shorter)].filter(Boolean);
}

function anyMatch(search) {
  return [...search.found.values()].some((matches) => matches.size);
}
