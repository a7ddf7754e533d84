// What a search page shows is in its address: query, filters, order.

import { wellFormed } from "./query.js";

const LISTS = ["language", "source", "kind"];
const VALUES = ["entity", "story"];
const SORTS = ["relevance", "newest", "oldest"];
const DAYS = ["from", "to"];
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether a text is a day, a month or a year of the calendar. */
export function isDate(text) {
  const [, year, month = "01", day = "01"] = DATE.exec(text) ?? [];
  const moment = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** The first and the last day, month or year of a date: `2024-03-12`, or from one to another, `2020/2022`. */
export function boundsOf(date) {
  const [from, to = from] = date.split("/");
  return { from, to };
}

/** The state of an address; `wrong` are the dates in it that are none. */
export function readState(address) {
  const given = new URL(address).searchParams;
  const state = { q: wellFormed(given.get("q") ?? "").slice(0, 2000) };
  for (const name of LISTS) state[name] = given.getAll(name);
  for (const name of VALUES) state[name] = given.get(name) ?? "";
  state.wrong = [];
  for (const name of DAYS) {
    const date = wellFormed(given.get(name) ?? "").trim();
    state[name] = isDate(date) ? date : "";
    if (date && !state[name]) state.wrong.push(date);
  }
  state.sort = SORTS.includes(given.get("sort")) ? given.get("sort") : "relevance";
  state.names = given.get("names") !== "off";
  return state;
}

/** The address of a state, relative to the search page. */
export function writeState(state) {
  const given = new URLSearchParams();
  if (state.q) given.set("q", state.q);
  for (const name of LISTS) for (const value of state[name]) given.append(name, value);
  for (const name of [...VALUES, ...DAYS]) if (state[name]) given.set(name, state[name]);
  if (state.sort !== "relevance") given.set("sort", state.sort);
  if (!state.names) given.set("names", "off");
  return `?${given}`;
}

export function isNarrowed(state) {
  return LISTS.some((name) => state[name].length) || [...VALUES, ...DAYS].some((name) => state[name]);
}

export function withoutFilters(state) {
  return { ...state, language: [], source: [], kind: [], from: "", to: "", entity: "", story: "" };
}
