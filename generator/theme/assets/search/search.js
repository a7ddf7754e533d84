// The search page: reads the address, asks all languages, shows what comes.

import { Federation } from "./federation.js";
import { Finder } from "./finder.js";
import { showFilters } from "./filters.js";
import { addressOf, describe, headline } from "./hits.js";
import { Names, namesFor } from "./names.js";
import { boundsOf, isNarrowed, readState, withoutFilters, writeState } from "./state.js";
import { brief, make, View } from "./view.js";

const PAGE = 10; // results shown at a time
const PAUSE = 200; // milliseconds without a key before what is typed is searched
const LOOKS = 2; // times that further results are read for such as have the words as asked
const OFFERS = 6; // names offered that have the words asked for
const TYPED = 2; // letters from which on what is typed is searched without Enter, in scripts with spaces

export class SearchPage {
  static async start(element, strings) {
    const root = new URL(element.dataset.root ?? "../", location.href);
    const language = element.dataset.ui ?? document.documentElement.lang ?? "en";
    const view = new View(element, strings, language);
    const page = new SearchPage(view, root, new URL(element.dataset.home ?? root, root), language);
    await page.listen();
    return page;
  }

  constructor(view, root, home, language) {
    Object.assign(this, { view, root, home, language, search: null, shown: 0, run: 0, entities: new Map() });
  }

  async listen() {
    const { view } = this;
    view.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.typing);
      this.go({ q: view.input.value, sort: this.state.sort });
    });
    view.input.addEventListener("input", (event) => this.#type(event.inputType === "insertFromPaste" ? 0 : PAUSE));
    view.input.addEventListener("focus", () => this.ready().then((ready) => ready?.open(this.language)).catch(() => {}), {
      once: true,
    });
    view.more.addEventListener("click", () => this.#more());
    document.addEventListener("keydown", (event) => this.#step(event));
    addEventListener("popstate", () => this.show(readState(location.href)));
    await this.show(readState(location.href));
  }

  /** What is typed is searched after a pause; what that will need is fetched meanwhile. */
  #type(pause) {
    const { view } = this;
    clearTimeout(this.typing);
    const typed = view.input.value.trim();
    if (typed && typed.length < TYPED && /^[\x00-\u1fff]*$/.test(typed)) return;
    this.typing = setTimeout(() => this.go({ q: view.input.value }, { replace: true }), pause);
    this.ready().then((ready) => {
      if (!ready || view.input.value.trim() !== typed) return;
      ready.warm(typed, this.language).catch(() => {});
      this.names.warm(typed).catch(() => {});
    });
  }

  /** Change the state, its address, and what is shown. */
  async go(changes, { replace = false } = {}) {
    const state = { ...this.state, ...changes, wrong: [] };
    const address = writeState(state);
    if (address !== (location.search || "?")) history[replace ? "replaceState" : "pushState"](null, "", address);
    await this.show(state);
  }

  async show(state) {
    this.state = state;
    this.run += 1;
    this.search?.stop();
    await this.#showState(state, this.run);
  }

  async #showState(state, run) {
    const { view } = this;
    if (view.input.value !== state.q) view.input.value = state.q;
    this.#clear();
    for (const date of state.wrong) view.addNote("filter.wrong", { date });
    if (state.q.trim() || isNarrowed(state)) {
      view.status.textContent = view.say("searching");
      const federation = await this.ready();
      if (federation && run === this.run) await this.#ask(federation, state, run);
    }
    if (run === this.run) this.settled = run;
  }

  /** The index, opened; null when it cannot be fetched. */
  async ready() {
    try {
      this.opening ??= Federation.open(new URL("search/index/", this.root).href, this.state.q);
      this.federation = await this.opening;
      this.names ??= new Names(new URL("search/names/", this.root).href, this.federation);
      return this.federation;
    } catch {
      this.opening = undefined;
      this.#showError();
      return null;
    }
  }

  async #ask(federation, state, run) {
    const { view } = this;
    if (state.q.trim() && !federation.parse(state.q).length) {
      view.addNote("none.signs", { query: state.q.trim() });
      if (!isNarrowed(state)) {
        view.status.textContent = "";
        return;
      }
    }
    const finder = new Finder(federation, this.names, this.language);
    const outcome = await finder.find(state, {
      change: (search) => this.#change(search),
      named: (found) => this.#learn(found, () => this.#showNames(found)),
      offered: (found) => this.#learn(found, () => this.#showOffers(found)),
      stopped: () => run !== this.run,
    });
    if (outcome === null) return;
    if (outcome.begin) view.addNote("none.begin", { word: outcome.word, begin: outcome.begin });
    await this.#finish(outcome);
    const dates = await finder.dated(state, () => run !== this.run);
    if (run === this.run && dates.length) this.#offerDates(dates, outcome.search);
    const outlets = await finder.outlets(state, () => run !== this.run).catch(() => []);
    if (run === this.run && outlets.length) this.#offerOutlets(outlets);
  }

  // --- showing ---------------------------------------------------------------------------

  #clear() {
    const { view } = this;
    for (const part of [view.list, view.entities, view.offers, view.chips, view.tools, view.note, view.none]) part.replaceChildren();
    for (const part of [view.also, view.offers, view.more, view.none, view.tools, view.chips]) part.hidden = true;
    view.filters.hidden = !view.fields.childElementCount;
    view.status.textContent = "";
    view.showProgress(1, 1);
    this.shown = 0;
  }

  /**
   * More has been found. The first screen is shown at once and then left in place until all is in. When it is full,
   * the promise that is given back holds the search until it stands.
   */
  #change(search) {
    const { view } = this;
    if (search !== this.search) Object.assign(this, { search, shown: 0, keys: [] });
    view.showProgress(search.done, search.all);
    if (this.shown < PAGE) setTimeout(() => this.#fetchFirst(search)); // after the other shards were asked for words
    if (search.complete || this.filling || this.shown >= PAGE || search.size() <= (this.keys?.length ?? 0)) return undefined;
    if (this.state.sort !== "relevance" || (search.size() < PAGE && search.done < 2)) return undefined;
    const full = search.size() >= PAGE;
    const showing = this.#showMore({ most: PAGE - this.shown });
    return full ? showing : undefined;
  }

  /** Fetch what is shown of the first results while further ones are looked for. */
  #fetchFirst(search) {
    if (search !== this.search || search.stopped) return;
    for (const { shard, number } of search.ranked().slice(0, PAGE)) shard.read(number).catch(() => {});
  }

  async #finish(outcome) {
    const { view } = this;
    const { search } = outcome;
    if (search !== this.search) this.#change(search); // what was tried after it found no more
    view.showProgress(search.done, search.all);
    if (search.failed.length) this.#showError();
    await this.filling;
    if (this.search !== search) return;
    if (!this.shown) await this.#showMore();
    if (!this.#touched()) await this.#showMore({ again: true, looks: LOOKS });
    const count = search.size(); // without texts in which a phrase turned out not to stand as written
    if (search.failed.length && !count) this.#showError();
    else view.showCount(count, search.failed.length > 0 || !search.complete);
    this.#showChips();
    this.#showTools(count);
    if (!count) this.#showNone(outcome);
    await this.#countFilters(search);
  }

  async #countFilters(search) {
    const { view } = this;
    const counts = await search.facets();
    if (this.search !== search) return;
    view.filters.hidden = !search.size() && !isNarrowed(this.state);
    if (view.filters.hidden) return;
    showFilters(view, counts, this.state, this.federation.manifest.sources, (changes) => this.go(changes));
  }

  /** Whether the reader has begun to use the list, so that it must not be put in another order. */
  #touched() {
    const { list } = this.view;
    return this.shown > PAGE || list.contains(document.activeElement) || (list.childElementCount && scrollY > list.offsetTop);
  }

  /** Show the next results, after asking the older shards when those of the newer ones are used up. */
  async #more() {
    const { search } = this;
    if (!search.complete && this.keys.length + PAGE > search.size()) {
      await search.run();
      if (search !== this.search) return;
      this.view.showProgress(search.done, search.all);
      this.#countAgain(search);
    }
    const before = search.size();
    await this.#showMore({ focus: true, looks: LOOKS });
    if (search === this.search && search.size() < before) this.#countAgain(search); // a phrase did not stand as written
  }

  #countAgain(search) {
    this.view.showCount(search.size(), search.failed.length > 0 || !search.complete);
    this.#countFilters(search);
  }

  /** Show the next results; `again` puts the whole list in its final order. */
  #showMore({ again = false, focus = false, most = PAGE, looks = 0 } = {}) {
    const { search, run } = this;
    const isStale = () => run !== this.run || search !== this.search;
    const work = async () => {
      const known = again ? [] : this.keys;
      const first = !known.length && !this.shown;
      const told = first ? await this.#showHeadlines(search, most, isStale).catch(() => []) : [];
      let hits = await this.#next(search, new Set(known), most, looks);
      if (told.length && this.#touched()) hits = await this.#filled(search, told);
      if (isStale()) return;
      const { list, more } = this.view;
      const items = hits.map(({ record, shown }) => this.#item(record, shown));
      if (again || first) this.#replace(items);
      else list.append(...items);
      this.keys = [...known, ...hits.map(keyOf)];
      this.shown = list.childElementCount;
      more.hidden = search.complete && !this.#unshown(search, new Set(this.keys)).length;
      if (!search.complete && this.shown) this.view.showCount(search.size(), true);
      if (focus) items[0]?.querySelector("a").focus();
    };
    this.filling = work().finally(() => {
      this.filling = undefined;
      if (search === this.search) this.#change(search); // more may have come meanwhile
    });
    return this.filling;
  }

  /**
   * Show what is known of the first results while their texts are on their way, and give these; where a phrase is asked
   * for, the texts decide. Few that were found first would soon make way for others.
   */
  async #showHeadlines(search, most, isStale) {
    const hits = this.#unshown(search, new Set()).slice(0, most);
    if (hasPhrase(search) || (hits.length < most && !search.complete)) return [];
    const records = await Promise.all(hits.map(({ shard, number }) => shard.record(number)));
    if (!isStale()) this.#replace(records.map((record) => this.#item(record, headline(record))));
    return hits;
  }

  /** Some hits with their texts, in the order in which they stand: the reader has begun to use the list. */
  async #filled(search, hits) {
    await Promise.all(hits.map((hit) => this.#read(hit, search)));
    const now = hits.map(({ shard, number }) => ({ shard, number, ...search.found.get(shard).get(number) }));
    return now.filter(({ shown }) => shown);
  }

  #item(record, shown) {
    return this.view.hit(record, this.#named(record, shown), addressOf(this.root, record, shown), this.root);
  }

  /** Put other items into the list; who had chosen one keeps it. */
  #replace(items) {
    const chosen = document.activeElement?.closest(".vs-hit")?.dataset.id;
    this.view.list.replaceChildren(...items);
    if (chosen) items.find((item) => item.dataset.id === chosen)?.querySelector("a").focus({ preventScroll: true });
  }

  /**
   * The next hits to show. Whether the words stand in a text as asked is known when it was read, so where they do not,
   * further ones are read, `looks` times.
   */
  async #next(search, known, most, looks) {
    for (let left = looks; ; ) {
      const hits = this.#unshown(search, known);
      const read = hits.filter(({ shown }) => shown).slice(0, most);
      const unread = hits.slice(0, most).filter(({ shown }) => !shown);
      const enough = read.length === most;
      if (!unread.length || (enough && !left)) return read;
      if (enough && (await search.consult())) continue; // others are likelier now
      if (enough) left -= 1;
      await Promise.all(unread.map((hit) => this.#read(hit, search)));
    }
  }

  #unshown(search, known) {
    return search.ranked().filter((hit) => !known.has(keyOf(hit)));
  }

  /** Fetch what is shown of a hit; a text in which a phrase does not stand as written is none. */
  async #read({ shard, number }, search) {
    const matches = search.found.get(shard);
    const match = matches.get(number);
    if (!match || match.shown) return;
    try {
      const record = await shard.read(number);
      if (match.shown) return;
      const shown = describe(record, match, search.parts, this.federation.tokens);
      if (shown) Object.assign(match, { record, shown, near: shown.near });
      else matches.delete(number);
    } catch (error) {
      await this.#readHeadline({ shard, number }, search, error);
    }
  }

  /** Of a text that cannot be fetched the headline is shown, unless a phrase is asked for: who knows whether it stands there. */
  async #readHeadline({ shard, number }, search, error) {
    const matches = search.found.get(shard);
    const match = matches.get(number);
    const record = hasPhrase(search) ? null : await shard.record(number).catch(() => null);
    if (!match || match.shown) return;
    if (record) Object.assign(match, { record, shown: { ...headline(record), waiting: false } });
    else if (matches.delete(number)) search.failed.push({ shard, error });
    if (search === this.search && !search.noted) this.view.note.append(make("p", {}, this.view.say("error.text"), " ", this.#retry()));
    search.noted = true;
  }

  #showNames(found) {
    const { view } = this;
    if (!found.length && this.state.names) return;
    const others = new Map(); // spelling → name
    const loose = found.filter(({ exact }) => !exact);
    const asked = new Set(loose.map(({ text }) => this.names.spelling(text)));
    for (const { names } of loose) {
      for (const language of Object.keys(this.federation.manifest.languages)) {
        for (const name of namesFor(names, language)) {
          const spelling = this.names.spelling(name);
          if (!asked.has(spelling) && !others.has(spelling)) others.set(spelling, name);
        }
      }
    }
    const say = (key) => view.say(key);
    if (!this.state.names) {
      view.also.replaceChildren(make("button", { type: "button", click: () => this.go({ names: true }) }, say("also.on")));
    } else if (others.size) {
      const list = [...others.values()].slice(0, 12).flatMap((name, index) => [index ? say("listed") : " ", make("span", { dir: "auto" }, name)]);
      const off = make("button", { type: "button", click: () => this.go({ names: false }) }, say("also.off"));
      view.also.replaceChildren(say("also"), ...list, " ", off);
    }
    view.also.hidden = this.state.names && !others.size;
    view.entities.replaceChildren(...found.map((one) => this.#entity(one)));
  }

  /** The page of an entity that the query names: its heading, and its names in other languages, each form once. */
  #entity({ entity }) {
    const heading = this.#heading(entity);
    const forms = new Map([[heading, this.language]]);
    for (const [language, [name]] of Object.entries(entity.names)) if (!forms.has(name)) forms.set(name, language);
    return make(
      "p",
      { class: "vs-entity" },
      make("a", { href: new URL(entity.url, this.root).href, title: this.view.say("entity.page", { name: heading }) }, heading),
      [...forms].slice(1, 7).map(([name, lang]) => make("span", { lang, dir: "auto" }, name)),
    );
  }

  /** Lead to the pages of names that have the words asked for. */
  #showOffers(found) {
    const { view } = this;
    const links = found.slice(0, OFFERS).map(({ entity }) => {
      const name = this.#heading(entity);
      const address = new URL(entity.url, this.root).href;
      return make("a", { href: address, title: view.say("entity.page", { name }), dir: "auto" }, name);
    });
    view.offers.replaceChildren(...(links.length ? [view.say("kind.entity"), ...links] : []));
    view.offers.hidden = !links.length;
  }

  /** Keep what is known of entities before it is shown. */
  #learn(found, show) {
    for (const { id, entity } of found) this.entities.set(id, entity);
    show();
  }

  /** A hit that is a name, under what the interface's language calls it where that is known, and the language of the form it shows. */
  #named(record, shown) {
    const { names } = this.entities.get(record.id) ?? {};
    if (!names) return shown;
    const [name] = names[this.language] ?? [];
    const form = shown.sentence.map(([text]) => text).join("");
    const formLanguage = [this.language, record.language, ...Object.keys(names)].find((language) => names[language]?.includes(form));
    return { ...shown, formLanguage, ...(name && name !== record.title && { heading: name }) };
  }

  /** What was typed as a date is offered as one, with how many results that has; if they are what is shown, that is said. */
  #offerDates(dates, shown) {
    const { view } = this;
    const [{ date, rest, asked, search }] = dates;
    if (dates.length === 1 && asked && search.size() === shown.size() && shown.isWithin(search)) {
      view.addNote(rest ? "filter.datedWith" : "filter.dated", { date: view.date(date), ...(rest && { words: rest }) });
      return;
    }
    const buttons = dates.slice(0, OFFERS).map(({ date, rest, search }) => this.#narrower("date", view.date(date), { q: rest, ...boundsOf(date) }, search));
    view.note.append(make("p", { class: "vs-dated" }, buttons));
  }

  /** Words that name an outlet are offered as one. */
  #offerOutlets(outlets) {
    const { view, federation } = this;
    const buttons = outlets.map(({ id, rest, search }) => {
      return this.#narrower("source", view.outletName(federation.manifest.sources[id]) ?? id, { q: rest, source: [id] }, search);
    });
    view.note.append(make("p", { class: "vs-dated" }, buttons));
  }

  /** A button that takes words of the query for a filter, with what is left of them and how many results that has, if known. */
  #narrower(filter, text, changes, search) {
    const { view } = this;
    const named = make("bdi", {}, view.say("titled", { name: view.say(`filter.${filter}`), text }));
    const words = changes.q ? [make("bdi", {}, brief(changes.q)), " · "] : [];
    const many = search ? [" · ", make("bdi", {}, view.counted(search.size()))] : [];
    return make("button", { type: "button", click: () => this.go(changes) }, words, named, many);
  }

  #heading({ names }) {
    return (names[this.language] ?? names.en ?? Object.values(names)[0])[0];
  }

  #showChips() {
    const { view, state } = this;
    const chip = (label, changes) => {
      const remove = { type: "button", "aria-label": view.say("filter.remove", { name: label }), click: () => this.go(changes) };
      return make("button", remove, `${label} ✕`);
    };
    const titled = (name, text) => view.say("titled", { name: view.say(`filter.${name}`), text });
    const chips = ["entity", "story"].filter((name) => state[name]).map((name) => chip(titled(name, brief(state[name])), { [name]: "" }));
    if (state.from && state.from === state.to) chips.push(chip(titled("date", view.date(state.from)), { from: "", to: "" }));
    else for (const name of ["from", "to"]) if (state[name]) chips.push(chip(titled(name, view.date(state[name])), { [name]: "" }));
    if (isNarrowed(state)) {
      chips.push(make("button", { type: "button", click: () => this.go(withoutFilters(state)) }, view.say("filters.clear")));
    }
    view.chips.replaceChildren(...chips);
    view.chips.hidden = !chips.length;
  }

  #showTools(count) {
    const { view, state } = this;
    view.tools.hidden = !count;
    if (!count) return;
    const options = ["relevance", "newest", "oldest"].map((sort) =>
      make("option", { value: sort, selected: state.sort === sort }, view.say(`sort.${sort}`)),
    );
    const sort = make("select", { id: "vs-sort", change: (event) => this.go({ sort: event.target.value }) }, options);
    const downloads = ["csv", "ndjson", "bibtex"].map((format) =>
      make("button", { type: "button", "data-format": format, click: () => this.download(format) }, FORMAT_NAMES[format]),
    );
    view.tools.replaceChildren(
      make("label", { for: "vs-sort" }, view.say("sort")),
      sort,
      make("span", { class: "vs-downloads", role: "group", "aria-label": view.say("download") }, view.say("download"), downloads),
    );
  }

  /** Give the whole list as a file. */
  async download(format) {
    const { view, search } = this;
    if (!search.complete) await search.run();
    view.status.textContent = view.say("download.wait", { n: view.number(search.size()) });
    const { listAs, MOST } = await import(new URL("assets/search/export.js", this.root));
    const hits = await this.listed(search, MOST);
    const { name, type, content } = await listAs(format, hits, this.root);
    const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    if (search === this.search) this.#countAgain(search);
  }

  /** The first hits of the whole list, without texts in which a phrase does not stand as written. */
  async listed(search, most) {
    for (;;) {
      const hits = this.#unshown(search, new Set()).slice(0, most);
      const unread = hasPhrase(search) ? hits.filter(({ shown }) => !shown).slice(0, 4 * PAGE) : [];
      if (!unread.length) return hits;
      await Promise.all(unread.map((hit) => this.#read(hit, search)));
    }
  }

  /** Nothing found: what was tried, and what else can be done. */
  #showNone({ search, typed, near, rest }) {
    const { view, state } = this;
    const languages = view.number(Object.keys(this.federation.manifest.languages).length);
    const lines = [make("p", {}, view.sayTyped("none.tried", { languages, query: state.q }))];
    search.parts.forEach((part, index) => {
      if (!search.partCounts[index] && search.parts.length > 1 && rest.includes(part.text)) {
        lines.push(make("p", {}, view.sayTyped("none.word", { word: part.text })));
      }
    });
    const links = [];
    const button = (text, changes, label) => make("button", { type: "button", "aria-label": label, click: () => this.go(changes) }, text);
    if (isNarrowed(state)) links.push(make("li", {}, button(view.say("none.filters"), withoutFilters(state))));
    const spellings = [...new Set(near.map((one) => one.spelling))].slice(0, 5);
    if (spellings.length) {
      const offers = spellings.map((name) => button(name, { q: name }, view.say("meant", { name })));
      links.push(make("li", {}, view.say("none.near"), " ", offers));
    }
    const known = new Set(search.parts.filter((_, index) => search.partCounts[index]).map((part) => part.text));
    const words = typed.length > 1 ? typed.filter(({ text }) => known.has(text) && rest.includes(text)) : [];
    if (words.length) links.push(make("li", {}, view.say("none.any"), " ", words.map(({ text }) => button(brief(text), { q: text }))));
    for (const [key, path] of [["none.names", "entities/"], ["none.dates", "dates/"]]) {
      links.push(make("li", {}, make("a", { href: new URL(path, this.home).href }, view.say(key))));
    }
    view.none.replaceChildren(...lines, make("ul", {}, links));
    view.none.hidden = false;
  }

  #showError() {
    this.view.status.replaceChildren(this.view.say("error"), " ", this.#retry());
  }

  #retry() {
    return make("button", { type: "button", click: () => this.show(this.state) }, this.view.say("error.retry"));
  }

  /** Arrow keys go through the results: from any search box, and from nowhere, to the first that is on the screen. */
  #step(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const { list, input } = this.view;
    const { activeElement: from, body } = document;
    const links = [...list.querySelectorAll("h2 a")];
    const at = links.indexOf(from);
    const down = event.key === "ArrowDown";
    let next = down ? links[at + 1] : links[at - 1] ?? input;
    if (at < 0) {
      if (!down || !(from === body || from?.matches("input[type=search]"))) return;
      if (from === body) next = links.find((link) => link.getBoundingClientRect().top >= 0);
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

const FORMAT_NAMES = { csv: "CSV", ndjson: "NDJSON", bibtex: "BibTeX" };

function hasPhrase({ parts }) {
  return parts.some(({ exact }) => exact);
}

function keyOf(hit) {
  return `${hit.shard.path} ${hit.number}`;
}

async function strings(element) {
  const given = document.getElementById("search-strings");
  if (given) return JSON.parse(given.textContent);
  const root = new URL(element.dataset.root ?? "../", location.href);
  return (await fetch(new URL("assets/search/strings.json", root))).json();
}

const element = document.getElementById("search");
if (element) globalThis.variorumSearch = strings(element).then((words) => SearchPage.start(element, words));
