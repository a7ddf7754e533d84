// The search page's elements. Text goes in as text; nothing is ever read as HTML.

import { articleAddress } from "./hits.js";

const BRIEF = 80; // letters of what was typed that a message repeats

/** Make an element: properties (`class`, `data-…`, events as functions), then children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** What was typed, as a message repeats it: cut short if long. */
export function brief(text) {
  const letters = [...text];
  return letters.length > BRIEF ? `${letters.slice(0, BRIEF).join("")}…` : text;
}

/** Fill `{names}` of a message with text or elements. */
export function fill(message, values) {
  return message.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return name && name in values ? values[name] : piece;
  });
}

export class View {
  constructor(element, strings, language) {
    this.strings = strings;
    this.language = language;
    this.numbers = new Intl.NumberFormat(safeLocale(language));
    this.names = new Map();
    this.input = make("input", {
      type: "search",
      name: "q",
      id: "vs-q",
      autocomplete: "off",
      dir: "auto",
      spellcheck: "false",
      maxlength: "2000",
      placeholder: this.say("placeholder"),
    });
    this.form = make(
      "form",
      { class: "vs-form", role: "search", "aria-label": this.say("label"), action: location.pathname },
      make("label", { for: "vs-q", class: "vs-hidden" }, this.say("label")),
      this.input,
      make("button", { type: "submit" }, this.say("button")),
    );
    this.also = make("p", { class: "vs-also", hidden: true });
    this.status = make("p", { class: "vs-status", role: "status", "aria-live": "polite" });
    this.progress = make("p", { class: "vs-progress", "aria-hidden": "true" });
    this.chips = make("p", { class: "vs-chips", hidden: true });
    this.tools = make("div", { class: "vs-tools", hidden: true });
    this.entities = make("div", { class: "vs-entities" });
    this.offers = make("nav", { class: "vs-offers", "aria-label": this.say("kind.entity"), hidden: true });
    this.note = make("div", { class: "vs-note", role: "status" });
    this.list = make("ol", { class: "vs-hits" });
    this.more = make("button", { class: "vs-more", type: "button", hidden: true }, this.say("more"));
    this.none = make("div", { class: "vs-none", hidden: true });
    this.filters = make("details", { class: "vs-filters", hidden: true }, make("summary", {}, this.say("filters")));
    this.fields = make("div");
    this.filters.append(this.fields);
    this.filters.open = matchMedia("(min-width: 60rem)").matches;
    const results = make("div", { class: "vs-results" }, this.status, this.progress, this.chips, this.tools);
    results.append(this.entities, this.offers, this.note, this.list, this.more, this.none);
    element.replaceChildren(this.form, this.also, make("div", { class: "vs-body" }, this.filters, results));
  }

  say(key, values = {}) {
    return fill(this.strings[key] ?? key, values).join("");
  }

  /** A message above the results; its values are what readers typed, whichever way that is written. */
  addNote(key, values) {
    this.note.append(make("p", {}, this.sayTyped(key, values)));
  }

  /** A message as a list of texts and elements that repeats what was typed. */
  sayTyped(key, values) {
    const typed = Object.entries(values).map(([name, value]) => [name, make("bdi", {}, brief(value))]);
    return fill(this.strings[key] ?? key, Object.fromEntries(typed));
  }

  number(value) {
    return this.numbers.format(value);
  }

  /** A language by its own name. */
  languageName(code) {
    if (!this.names.has(code)) {
      let name = this.strings[`language.${code}`] ?? code;
      try {
        if (name === code) name = new Intl.DisplayNames([code, this.language], { type: "language" }).of(code) ?? code;
      } catch {
        // a code that the browser does not know is shown as it is
      }
      this.names.set(code, name);
    }
    return this.names.get(code);
  }

  /** An outlet by its name in the interface's language, else by its usual one. */
  outletName(names) {
    return names?.[this.language] ?? names?.[this.language.split("-")[0]] ?? names?.[""];
  }

  /** A date as precisely as it is known, or from one to another, in the interface's language. */
  date(iso) {
    const known = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso ?? "");
    if (!known) return this.say("undated");
    const [, year, month, day] = known;
    const options = { year: "numeric", month: month && "long", day: day && "numeric", timeZone: "UTC" };
    const [moment, last] = iso.split("/").map((one) => new Date(one.slice(0, 10))); // of a month or year the first day
    const format = new Intl.DateTimeFormat(safeLocale(this.language), options);
    return iso.includes("/") ? format.formatRange(moment, last) : format.format(moment);
  }

  showCount(count, least) {
    if (count === 0) this.status.textContent = this.say("count.none");
    else this.status.textContent = least ? this.say("count.least", { n: this.number(count) }) : this.counted(count);
  }

  /** How many results. */
  counted(count) {
    return count === 1 ? this.say("count.one") : this.say("count.many", { n: this.number(count) });
  }

  showProgress(done, all) {
    this.progress.textContent = done < all ? this.say("progress", { done: this.number(done), all: this.number(all) }) : "";
  }

  /** One result: headline, where and when, the sentence, the versions. */
  hit(record, hit, address, root) {
    const { language } = record;
    const dir = directionOf(language);
    const name = record.kind === "entity"; // a name has neither a date nor a language
    const facts = name ? [] : [record.source_name ?? record.source, this.date(record.date)].filter(Boolean);
    const line = make("p", { class: "vs-facts" }, facts.map((fact) => make("span", { dir: "auto" }, fact)));
    if (!name) line.append(make("span", { lang: language, dir: "auto" }, this.languageName(language)));
    if (record.kind !== "article") line.append(make("span", {}, this.say(`kind.${record.kind}`)));
    const item = make(
      "li",
      { class: "vs-hit", "data-id": record.id, "data-kind": record.kind },
      make("h2", hit.heading ? {} : { lang: language, dir }, make("a", { href: address }, hit.heading ?? marked(hit.title))),
      line,
      hit.version !== undefined ? make("p", { class: "vs-only" }, this.say("versions.only"), " ", this.#versionFacts(record, hit.version)) : null,
      make("p", { class: hit.waiting ? "vs-sentence vs-waiting" : "vs-sentence", lang: hit.formLanguage ?? language, dir: name ? "auto" : dir }, marked(hit.sentence)),
    );
    if ((record.versions ?? []).length > 1) item.append(this.#versions(record, root));
    return item;
  }

  /** A date with the time of day as the outlet gave it, if it did. */
  #moment(iso) {
    const clock = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(iso)?.[0];
    if (!clock) return this.date(iso);
    const format = new Intl.DateTimeFormat(safeLocale(this.language), { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
    return format.format(new Date(`${clock}Z`));
  }

  /** What tells a version from the others. */
  #versionFacts(record, place) {
    const [source, date, , updated, kind, captured] = record.version_facts[place];
    const facts = [source, this.#moment(date)];
    if (updated) facts.push(this.say("titled", { name: this.say("updated"), text: this.#moment(updated) }));
    if (kind) {
      const name = this.say(`capture.${kind}`);
      facts.push(captured ? this.say("titled", { name, text: this.date(captured) }) : name);
    }
    return facts.flatMap((fact, number) => [number ? " · " : "", make("bdi", {}, fact)]);
  }

  #versions(record, root) {
    const links = record.versions.map((id, place) => {
      const title = record.version_facts[place][2];
      const link = make("a", { href: new URL(articleAddress(id), root).href }, this.#versionFacts(record, place));
      return make("li", {}, link, title ? [" ", make("span", { lang: record.language, dir: "auto" }, title)] : []);
    });
    const n = this.number(links.length);
    return make("details", { class: "vs-versions" }, make("summary", {}, this.say("versions.many", { n })), make("ol", {}, links));
  }
}

function marked(pieces) {
  return pieces.map(([text, mark]) => (mark ? make("mark", {}, text) : text));
}

export function directionOf(language) {
  let script = "";
  try {
    script = new Intl.Locale(language).maximize().script ?? "";
  } catch {
    // unknown codes are taken to run from left to right
  }
  return ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Aran"].includes(script) ? "rtl" : "ltr";
}

function safeLocale(language) {
  try {
    return language === "en" ? "en-GB" : Intl.getCanonicalLocales(language)[0];
  } catch {
    return "en";
  }
}
