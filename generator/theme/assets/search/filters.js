// The column of filters: each value with how many results it has, the other filters applied.

import { isDate } from "./state.js";
import { brief, make } from "./view.js";

const SHOWN = 12; // values of a filter before the others are folded away

/** Fill the column. `change` is called with what changes in the state. */
export function showFilters(view, counts, state, sources, change) {
  const open = new Set([...view.fields.querySelectorAll("details[open]")].map((part) => part.dataset.name));
  const focused = document.activeElement?.closest?.(".vs-filters") ? document.activeElement.id : "";
  const fields = [
    choices(view, "language", counts.language, state, (code) => make("span", { lang: code }, view.languageName(code)), change),
    choices(view, "kind", counts.kind, state, (kind) => view.say(`kind.${kind}`), change),
    choices(view, "source", counts.source, state, (id) => make("span", { dir: "auto" }, view.outletName(sources[id]) ?? brief(id)), change),
    years(view, counts.year, state, change),
    dates(view, state, change),
  ];
  view.fields.replaceChildren(...fields.filter(Boolean));
  for (const part of view.fields.querySelectorAll("details")) part.open = open.has(part.dataset.name);
  if (focused) document.getElementById(focused)?.focus();
  view.filters.hidden = false;
}

function choices(view, name, counts, state, label, change) {
  const chosen = state[name];
  const values = [...new Set([...counts.keys(), ...chosen])].sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  if (values.length < 2 && !chosen.length) return null;
  const rows = values.map((value) => {
    const id = `vs-${name}-${value}`;
    const box = make("input", {
      type: "checkbox",
      id,
      checked: chosen.includes(value),
      change: (event) => {
        const rest = chosen.filter((other) => other !== value);
        change({ [name]: event.target.checked ? [...rest, value] : rest });
      },
    });
    return make("li", {}, box, make("label", { for: id }, label(value)), count(view, counts.get(value) ?? 0));
  });
  return group(view, name, rows);
}

/** Years are links in a row of two boxes' stead: one year is a range from and to itself. */
function years(view, counts, state, change) {
  const values = [...counts.keys()].sort().reverse();
  if (values.length < 2) return null;
  const rows = values.map((year) => {
    const chosen = state.from === year && state.to === year;
    const next = chosen ? { from: "", to: "" } : { from: year, to: year };
    const button = make("button", { type: "button", id: `vs-year-${year}`, "aria-pressed": String(chosen), click: () => change(next) }, year);
    return make("li", {}, button, count(view, counts.get(year)));
  });
  return group(view, "year", rows);
}

function dates(view, state, change) {
  const box = (name) => {
    const id = `vs-${name}`;
    const input = make("input", {
      id,
      type: "text",
      inputmode: "numeric",
      placeholder: "2024-12-31",
      dir: "ltr",
      value: state[name],
      change: ({ target }) => {
        const date = target.value.trim();
        target.setCustomValidity(!date || isDate(date) ? "" : view.say("filter.wrong", { date: brief(date) }));
        if (target.reportValidity()) change({ [name]: date });
      },
    });
    return make("p", {}, make("label", { for: id }, view.say(`filter.${name}`)), input);
  };
  return make("fieldset", { class: "vs-dates" }, make("legend", {}, view.say("filter.date")), box("from"), box("to"));
}

function count(view, value) {
  return make("span", { class: "vs-count" }, view.number(value));
}

function group(view, name, rows) {
  const field = make("fieldset", {}, make("legend", {}, view.say(`filter.${name}`)), make("ul", {}, rows.slice(0, SHOWN)));
  if (rows.length > SHOWN) {
    const rest = make("details", { "data-name": name }, make("summary", {}, `+ ${view.number(rows.length - SHOWN)}`));
    rest.append(make("ul", {}, rows.slice(SHOWN)));
    field.append(rest);
  }
  return field;
}
