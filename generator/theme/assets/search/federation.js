// One search over all languages: each language's shards are asked in its own analysis, and the lists are merged.

import { apart, fetchPacked, fetchRecord, Program } from "./program.js";
import { Han } from "./han.js";
import { parseQuery } from "./query.js";
import { base, OWN, rank } from "./ranking.js";
import { makeSegmenter } from "./segment.js";
import { Shard } from "./shard.js";
import { boundsOf, isDate } from "./state.js";
import { has, spread, Table } from "./tables.js";

const TOGETHER = 6; // shards asked side by side
const FEW = 3; // other shards that are asked for words before it is known that they are needed
const SHORTEST = 3; // letters of a word from which on it is worth fetching something while it is typed
const LIKELY = 6; // languages whose tables are fetched before it is known that they are needed
const MANY = 200; // results after which older shards wait until they are asked for
const SCRIPTS = { Jpan: ["Hira", "Kana", "Hani"], Kore: ["Hang", "Hani"], Hans: ["Hani"], Hant: ["Hani"] };

export class Federation {
  /** `base` is the address of the index folder; what the `text` of the first query needs besides is fetched meanwhile. */
  static async open(base, text = "") {
    const han = new Han(new URL("../../assets/search/han.json", base).href);
    han.ready(text);
    const response = await fetch(`${base}manifest.json`);
    if (!response.ok) throw new Error(`${base}manifest.json: ${response.status}`);
    return new Federation(base, await response.json(), han);
  }

  constructor(base, manifest, han) {
    Object.assign(this, { base, manifest, han });
    this.tokens = makeSegmenter(manifest.segmentation);
    this.endings = Object.entries(manifest.languages).filter(([, entry]) => entry.endings).map(([code, { endings }]) => [code, endings]);
    this.programs = new Map();
    this.lists = new Map();
    this.tables = new Map();
    this.openings = new Map();
    this.shards = [];
    for (const [language, entry] of Object.entries(manifest.languages)) {
      const program = () => this.#program(entry.difference);
      this.tables.set(language, new Table(base, entry.table, program));
      entry.shards.forEach((shard, age) => {
        const opening = () => this.#opening(entry.table.path, age);
        const options = { program, opening, guess: age ? null : entry.bounds, together: manifest.together };
        this.shards.push(Object.assign(new Shard(base, shard, language, options), { age }));
      });
    }
  }

  parse(text) {
    return parseQuery(text, this.tokens, this.endings, (word) => this.han.variants(word));
  }

  /** Those of some dates that are not before or after all texts of a shard; a day of no year becomes that day of each year, the latest first. */
  reached(dates) {
    const years = this.shards.flatMap(({ from, to }) => (from && to ? [Number(from.slice(0, 4)), Number(to.slice(0, 4))] : []));
    const last = Math.max(...years);
    const all = Array.from({ length: years.length && last - Math.min(...years) + 1 }, (_, before) => String(last - before).padStart(4, "0"));
    const full = dates.flatMap((date) => (date.startsWith("--") ? all.map((year) => year + date.slice(1)).filter(isDate) : date));
    return full.filter((date) => this.shards.some((shard) => shard.isWithin(boundsOf(date))));
  }

  /** Start loading what the likeliest language needs for a query, and what tells which others have it. */
  async warm(text, interfaceLanguage) {
    await this.han.ready(text);
    const order = this.inOrder(text, interfaceLanguage);
    const [first] = order;
    if (!first) return;
    const parts = this.parse(text).filter(isLong);
    for (const form of formsOf(parts, first.language)) first.expect(form);
    await Promise.all([first.open(), parts.length && this.#warmOthers(order.slice(1), parts)]);
  }

  /** Find out which other shards of the likely languages have the words, and when they are few, ask for these. */
  async #warmOthers(order, parts) {
    const languages = [...new Set(order.map((shard) => shard.language))].slice(0, LIKELY);
    const holds = await this.holders(parts, languages);
    const others = order.filter((shard) => languages.includes(shard.language) && parts.every((_, index) => holds(shard, index)));
    for (const shard of others.length > FEW ? [] : others) {
      shard.open().then(() => formsOf(parts, shard.language).forEach((form) => shard.expect(form)), () => {});
    }
  }

  /** Load what every query of the likely languages needs. */
  async open(interfaceLanguage) {
    const newest = this.inOrder("", interfaceLanguage).filter(({ age }) => age === 0);
    await Promise.all(newest.slice(0, LIKELY).map((shard) => shard.open()));
  }

  /**
   * Which shards may have what each part asks for: a function of shard and number of the part. Where a table cannot
   * be had, all may.
   */
  async holders(parts, languages) {
    const known = new Map();
    const ask = async (language) => known.set(language, await this.tables.get(language).holdersOf(parts, language));
    const tables = [...new Set(languages)].filter((language) => this.tables.has(language));
    await Promise.allSettled(tables.map(ask));
    return (shard, index) => !known.has(shard.language) || has(known.get(shard.language)[index], shard.age);
  }

  /**
   * All shards, likeliest first: the newest of each language whose script the query has and whose words look
   * like it, of the interface's language, of the large ones; then older ones.
   */
  inOrder(text, interfaceLanguage) {
    const words = this.tokens(text).filter((token) => token.size === 0).map((token) => token.form);
    const likely = new Map();
    for (const [language, entry] of Object.entries(this.manifest.languages)) {
      const count = entry.shards.reduce((sum, shard) => sum + shard.count, 0);
      const own = base(language) === base(interfaceLanguage) ? OWN : 0;
      likely.set(language, [hasScript(text, language) ? 1 : 0, likeness(words, entry.trigrams) + own, count]);
    }
    return [...this.shards].sort((one, other) => {
      if (one.age !== other.age) return one.age - other.age;
      const [a, b] = [likely.get(one.language), likely.get(other.language)];
      return b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || (one.language < other.language ? -1 : 1);
    });
  }

  /** The numbers of an entity's or story's records, by the names of shards. */
  async idList(kind, id) {
    const { path, files } = this.manifest.lists;
    const number = spread(`${kind}/${id}`, files);
    if (!this.lists.has(number)) {
      const lists = fetchRecord(`${this.base}${path}/${number}.json.gz`);
      this.lists.set(number, lists);
      lists.catch(() => this.lists.delete(number));
    }
    const lists = await this.lists.get(number);
    return Object.hasOwn(lists, `${kind}/${id}`) ? lists[`${kind}/${id}`] : {};
  }

  /** What must be known of a shard before it is asked; one file tells it of several. */
  async #opening(folder, age) {
    const path = `${folder}/shards-${Math.floor(age / this.manifest.side)}.json.gz`;
    if (!this.openings.has(path)) {
      const openings = fetchRecord(this.base + path);
      this.openings.set(path, openings);
      openings.catch(() => this.openings.delete(path));
    }
    return (await this.openings.get(path))[age % this.manifest.side];
  }

  #program(difference) {
    const key = difference ?? "";
    if (!this.programs.has(key)) {
      this.common ??= fetchPacked(this.base + this.manifest.programs).then(apart);
      const own = difference && !this.manifest.common.includes(difference) ? fetchPacked(this.base + difference) : null;
      const program = Promise.all([this.common, own]).then(async ([common, fetched]) => {
        const [[, shared]] = common;
        const change = difference && (fetched ?? common.get(difference) ?? (await fetchPacked(this.base + difference)));
        return Program.load(shared, change);
      });
      this.programs.set(key, program);
      program.catch(() => {
        this.programs.delete(key);
        this.common = undefined;
      });
    }
    return this.programs.get(key);
  }
}

/** One run of a query over all shards. `change` is called whenever there is more to show. */
export class Search {
  constructor(federation, parts, options, change) {
    this.federation = federation;
    this.parts = parts;
    this.options = options;
    this.change = change;
    this.dates = parts.find((part) => part.dates)?.dates ?? [];
    this.queue = federation.inOrder(options.text, options.interfaceLanguage).filter((shard) => this.#mayHave(shard));
    this.order = new Map([...this.queue].reverse().map((shard, place) => [shard.language, -place])); // likeliest first
    this.queue.sort((one, other) => this.#isOfDate(other) - this.#isOfDate(one));
    this.own = hasScript(options.text, options.interfaceLanguage) ? base(options.interfaceLanguage) : "";
    this.all = this.queue.length;
    this.done = 0;
    this.failed = [];
    this.found = new Map(); // shard → number → match
    this.partCounts = parts.map(() => 0);
    this.stopped = false;
    this.limit = options.counting ? Infinity : MANY;
  }

  /**
   * Ask the likeliest shard, and meanwhile the tables; when what it has is shown, or it has little, those of the others
   * that may have something side by side, until there are many results and the newest shard of every language was
   * asked. Called again, ask the rest.
   */
  async run() {
    const { entity, story } = this.options;
    this.lists ??= await Promise.all([
      ...(entity ? [this.federation.idList("entity", entity)] : []),
      ...(story ? [this.federation.idList("story", story)] : []),
    ]);
    if (this.paused) this.limit = Infinity;
    const next = () => !this.stopped && this.queue.length > 0 && !this.paused;
    const work = async () => {
      while (next()) await this.#ask(this.queue.shift());
    };
    const likeliest = !this.done && next() ? this.#ask(this.queue.shift()) : null;
    if (next()) await (this.leaving ??= this.#leaveOut());
    await likeliest;
    await Promise.all(Array.from({ length: TOGETHER }, work));
    return this;
  }

  /**
   * Learn which texts are known to name those whom the query names: others may have but words of the same stem. Gives whether
   * that was not known.
   */
  async consult() {
    const ids = this.parts.flatMap(({ entity }) => entity ?? []);
    const fresh = ids.length > 0 && !this.naming;
    this.naming ??= Promise.all(ids.map((id) => this.federation.idList("entity", id).catch(() => ({}))));
    const lists = await this.naming;
    for (const [shard, matches] of this.found) {
      const sets = lists.map((list) => new Set(list[shard.name]));
      for (const [number, match] of matches) match.unnamed = sets.filter((numbers) => !numbers.has(number)).length;
    }
    return fresh;
  }

  stop() {
    this.stopped = true;
  }

  /** Whether a shard has texts of the days asked for; where words are asked for too, it also tells whether they are anywhere. */
  #mayHave(shard) {
    return (this.parts.length > 0 && !this.options.counting) || shard.isWithin(this.options.filters);
  }

  /** Whether older shards are left aside for now. */
  get paused() {
    const { sort } = this.options;
    return this.queue.length > 0 && this.queue[0].age > 0 && sort === "relevance" && this.parts.length > 0 && this.size() >= this.limit;
  }

  /** The number of matches that the filters let through. */
  size() {
    let size = 0;
    for (const matches of this.found.values()) for (const match of matches.values()) if (match.fits) size += 1;
    return size;
  }

  /** Whether another search has all that this one has. */
  isWithin({ found }) {
    const isThere = (shard, number) => found.get(shard)?.get(number)?.fits;
    return [...this.found].every(([shard, matches]) => [...matches].every(([number, { fits }]) => !fits || isThere(shard, number)));
  }

  /** Whether every shard was asked. */
  get complete() {
    return this.done >= this.all;
  }

  async #ask(shard) {
    try {
      const matches = this.#listed(shard, await this.#match(shard));
      if (matches.size) await this.#narrow(shard, matches);
      if (!this.stopped) this.found.set(shard, matches);
    } catch (error) {
      this.failed.push({ shard, error });
    }
    this.done += 1;
    if (!this.stopped) await this.change(this);
  }

  /** Take out of the queue what the tables say has nothing. */
  async #leaveOut() {
    if (!this.parts.length) return;
    const holds = await this.federation.holders(this.parts, this.queue.map((shard) => shard.language));
    this.queue = this.queue.filter((shard) => {
      const held = this.parts.map(({ dates }, index) => holds(shard, index) || Boolean(dates && this.#isOfDate(shard)));
      if (held.every(Boolean)) return true;
      held.forEach((one, index) => (this.partCounts[index] += one ? 1 : 0));
      this.found.set(shard, new Map());
      this.done += 1;
      return false;
    });
  }

  async #match(shard) {
    if (this.lists.some((list) => !list[shard.name])) return new Map();
    if (!this.parts.length) {
      return new Map(Array.from({ length: shard.count }, (_, number) => [number, { score: 0, loose: 0, places: [] }]));
    }
    const found = await Promise.all(this.parts.map((part) => matchPart(shard, part)));
    found.forEach((matches, index) => {
      this.partCounts[index] += matches.size;
    });
    return this.#isOfDate(shard) ? this.#withDated(shard, found) : intersect(found);
  }

  /** What fulfils all parts, those of a date by its words, all of them, or by being of then. */
  async #withDated(shard, found) {
    const ofDate = found.filter((_, index) => this.parts[index].dates);
    const others = found.filter((_, index) => !this.parts[index].dates);
    const { rows, values } = (await shard.columns()).date;
    const isOf = values.map((value) => this.dates.some((date) => isBetween(value, boundsOf(date))));
    const numbers = rows.flatMap((row, number) => (isOf[row] ? [number] : []));
    const dated = new Set(numbers.filter((number) => others.every((matches) => matches.has(number))));
    const whole = intersect(ofDate);
    const filled = found.map((matches, index) => {
      if (!this.parts[index].dates) return matches;
      const named = [...matches].filter(([number]) => whole.has(number));
      return new Map([...[...dated].map((number) => [number, { score: 0, loose: 0, places: [] }]), ...named]);
    });
    const matches = intersect(filled);
    for (const number of dated) matches.get(number).dated = true;
    return matches;
  }

  /** Whether a shard may have texts of a date that the query has. */
  #isOfDate(shard) {
    return this.dates.some((date) => shard.isWithin(boundsOf(date)));
  }

  #listed(shard, matches) {
    if (!this.lists.length) return matches;
    const allowed = this.lists.map((list) => new Set(list[shard.name] ?? []));
    return new Map([...matches].filter(([number]) => allowed.every((numbers) => numbers.has(number))));
  }

  async #narrow(shard, matches) {
    const { filters, sort } = this.options;
    const chosen = [filters.language, filters.source, filters.kind].some((values) => values.length);
    const needed = chosen || filters.from || filters.to || sort !== "relevance";
    const columns = needed || this.parts.every(({ dates }) => dates) ? await shard.columns() : null;
    for (const [number, match] of matches) {
      match.facts = columns ? factsOf(columns, number, shard.language) : null;
      match.fits = fits(match.facts ?? { language: shard.language }, filters);
    }
  }

  /** All matches that the filters let through, in order, as `{shard, number, near, merit, ...match}`. */
  ranked() {
    return rank(this);
  }

  /** How many matches each value of each filter has, the other filters applied. */
  async facets() {
    const counts = { language: new Map(), source: new Map(), year: new Map(), kind: new Map() };
    const holding = [...this.found].filter(([, matches]) => matches.size);
    const tables = await Promise.all(holding.map(([shard]) => shard.columns()));
    for (const [index, [shard, matches]] of holding.entries()) {
      const columns = tables[index];
      for (const [number, match] of matches) {
        match.facts ??= factsOf(columns, number, shard.language);
        for (const name of Object.keys(counts)) {
          if (!fits(match.facts, this.options.filters, name)) continue;
          for (const value of [match.facts[name]].flat()) if (value) counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
        }
      }
    }
    return counts;
  }
}

/** Whether a part of a query is long enough to tell which files have it. */
function isLong({ sequences: [sequence] }) {
  return sequence.lookups.some(({ form }) => [...form].length >= SHORTEST);
}

/** What is looked up in a language for parts of a query. */
function formsOf(parts, language) {
  const sequences = parts.flatMap((part) => part.sequences);
  return sequences.filter(({ languages }) => !languages || languages.has(language)).flatMap(({ lookups }) => lookups.map(({ form }) => form));
}

/** The texts of a shard that have one of a part's sequences. */
export async function matchPart(shard, part) {
  const sequences = part.sequences.filter((sequence) => !sequence.languages || sequence.languages.has(shard.language));
  const found = await Promise.all(sequences.map((sequence) => matchSequence(shard, sequence)));
  const union = new Map();
  for (const matches of found) {
    for (const [number, match] of matches) {
      const other = union.get(number);
      if (other === undefined) union.set(number, match);
      else {
        union.set(number, {
          score: Math.max(other.score, match.score),
          loose: Math.min(other.loose, match.loose),
          places: [...other.places, ...match.places],
        });
      }
    }
  }
  return union;
}

async function matchSequence(shard, sequence) {
  const found = await Promise.all(sequence.lookups.map(({ form }) => shard.find(form)));
  const [first, ...rest] = found;
  const weight = sequence.weight ?? 1;
  const matches = new Map();
  for (const [number, { score, loose, places }] of first) {
    if (!rest.every((other) => other.has(number))) continue;
    if (!rest.length) {
      matches.set(number, { score: score * weight, loose, places });
      continue;
    }
    const sets = rest.map((other) => new Set(other.get(number).places));
    const starts = places.filter((place) =>
      sets.every((set, index) => set.has(place + sequence.lookups[index + 1].offset - sequence.lookups[0].offset)),
    );
    if (starts.length) {
      const sum = found.reduce((total, other) => total + other.get(number).score, 0);
      const length = sequence.lookups.at(-1).offset + 1;
      matches.set(number, {
        score: (weight * sum) / found.length,
        loose: Math.max(...found.map((other) => other.get(number).loose)),
        places: starts.flatMap((start) => Array.from({ length }, (_, step) => start + step)),
      });
    }
  }
  return matches;
}

function intersect(found) {
  const [first, ...rest] = found;
  const matches = new Map();
  for (const [number, match] of first) {
    if (!rest.every((other) => other.has(number))) continue;
    const all = [match, ...rest.map((other) => other.get(number))];
    matches.set(number, {
      score: all.reduce((sum, { score }) => sum + score, 0),
      loose: all.reduce((sum, { loose }) => sum + loose, 0),
      places: all.map(({ places }) => places),
    });
  }
  return matches;
}

/** What the filters know of a text: a name is of no language, and versions may be of several outlets. */
function factsOf(columns, number, language) {
  const values = (name) => [columns[name].rows[number]].flat().map((place) => columns[name].values[place]);
  const [[date], [kind], source] = [values("date"), values("kind"), values("source")];
  return { language: kind === "entity" ? "" : language, source, kind, date, year: date.slice(0, 4) };
}

/** Whether a match fits all filters but the one called `except`. */
function fits(facts, filters, except = "") {
  const among = (name) => except === name || !filters[name].length || [facts[name]].flat().some((value) => filters[name].includes(value));
  if (!among("language") || !among("source") || !among("kind")) return false;
  if (except === "year" || !(filters.from || filters.to)) return true;
  return isBetween(facts.date, filters);
}

/** Whether a day is in a stretch of days, months or years that may be open. */
function isBetween(day, { from, to }) {
  return Boolean(day) && (!from || day >= from) && (!to || day.slice(0, to.length) <= to);
}

/** The share of the words' stretches of three letters that are among the commonest of a language. */
function likeness(words, trigrams) {
  const letters = [...trigrams];
  const common = new Set();
  for (let at = 0; at < letters.length; at += 3) common.add(letters.slice(at, at + 3).join(""));
  const asked = words.flatMap((word) => {
    const own = [...word];
    return own.slice(2).map((_, at) => own.slice(at, at + 3).join(""));
  });
  return asked.length ? asked.filter((three) => common.has(three)).length / asked.length : 0;
}

/** Whether a text has letters of the script that a language is written in. */
export function hasScript(text, language) {
  let script;
  try {
    ({ script } = new Intl.Locale(language).maximize());
  } catch {
    return false;
  }
  return (SCRIPTS[script] ?? [script]).some((name) => {
    try {
      return name && new RegExp(`\\p{Script=${name}}`, "u").test(text);
    } catch {
      return false; // a script this browser does not know
    }
  });
}
