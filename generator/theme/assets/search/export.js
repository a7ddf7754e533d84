// The list of results as a file: CSV, NDJSON, BibTeX.

import { bibtex } from "../cite.js";

export const MOST = 2000; // entries of a file
const TOGETHER = 8; // fetched side by side

/** Fetch the records of hits and give them as a file of a format: `csv`, `ndjson` or `bibtex`. */
export async function listAs(format, hits, root) {
  const wanted = hits.slice(0, MOST);
  const rows = new Array(wanted.length);
  let next = 0;
  const work = async () => {
    while (next < wanted.length) {
      const at = next;
      next += 1;
      rows[at] = rowOf(await wanted[at].shard.record(wanted[at].number), root);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return FORMATS[format](rows);
}

export const FORMATS = {
  csv: (rows) => ({
    name: "results.csv",
    type: "text/csv",
    content: [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((name) => cell(row[name])).join(","))]
      .map((line) => `${line}\r\n`)
      .join(""),
  }),
  ndjson: (rows) => ({
    name: "results.ndjson",
    type: "application/x-ndjson",
    content: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  }),
  bibtex: (rows) => ({ name: "results.bib", type: "application/x-bibtex", content: rows.map((row) => `${bibtex(dated(row))}\n`).join("\n") }),
};

const COLUMNS = ["id", "kind", "title", "source", "date", "language", "authors", "versions", "url"];

function rowOf(record, root) {
  return {
    id: record.id,
    kind: record.kind,
    title: record.title,
    source: record.source_name ?? record.source ?? "",
    date: record.date ?? "",
    language: record.language,
    authors: record.authors ?? [],
    versions: record.versions ?? [],
    url: new URL(record.url, root).href,
  };
}

/** A cell that a spreadsheet will not take for a formula. */
function cell(value) {
  let text = Array.isArray(value) ? value.join("; ") : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row with its date in parts, as far as it is known. */
function dated(row) {
  return { ...row, date: /^\d{4}(-\d\d){0,2}/.exec(row.date)?.[0].split("-") ?? [] };
}
