// An article as programs for references read it, made of what the head of its page says.

/** What is known of the page: a list of `[name, value]` for each form is made from it. */
export function readArticle(page, url, archive) {
  const told = (name) => Array.from(page.querySelectorAll(`meta[name=citation_${name}]`), (tag) => tag.content);
  return {
    id: url.replace(/\/$/, "").split("/").pop(),
    title: told("title")[0] ?? "",
    authors: told("author"),
    source: told("journal_title")[0] ?? "",
    date: (told("publication_date")[0] ?? "").split("-").filter(Boolean),
    language: told("language")[0] ?? "",
    url,
    archive,
  };
}

/** The three forms, in the order of their names in `FORMS`. */
export const citations = (article) => [bibtex(article), ris(article), csl(article)];
export const FORMS = "BibTeX · RIS · CSL-JSON";

const plain = (text) => text.replace(/[\s\p{Cc}]+/gu, " ").trim(); // a line is a field in all forms

// Signs that LaTeX or the counting of braces would stumble over; a brace counts even after a backslash.
const MEANT = { "\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum", "<": "less", ">": "greater", "|": "bar" };
const literal = (text) =>
  plain(text).replace(/[\\{}~^<>|%#$&_]/g, (sign) => (MEANT[sign] ? `\\text${MEANT[sign]}{}` : `\\${sign}`));

/** A name as programs take it apart; one that they would take for two names, or for one turned round, is left whole. */
const author = (name) => (/,|\sand\s/i.test(name) ? `{${literal(name)}}` : literal(name));

/** An entry of BibTeX, of what `readArticle` gives; the date is a list of year, month and day as far as known. */
export function bibtex({ id, title, authors, source, date, language, url }) {
  const fields = {
    title: title && `{${literal(title)}}`, // whose capitals stay
    author: authors.map(author).join(" and "),
    journal: literal(source),
    date: date.join("-"),
    langid: literal(language),
    url: url.replace(/[\s\\{}]/g, encodeURIComponent),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@article{${id.replace(/[^A-Za-z0-9-]/g, "") || "entry"},\n${lines.join("")}}`;
}

function ris(article) {
  const fields = [
    ["TY", "NEWS"],
    ["TI", article.title],
    ...article.authors.map((name) => ["AU", name]),
    ["T2", article.source],
    ["PY", article.date[0]],
    ["DA", article.date.join("/")],
    ["LA", article.language],
    ["UR", article.url],
    ["DB", article.archive],
  ];
  const lines = fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${plain(value)}\n`);
  return `${lines.join("")}ER  - `;
}

function csl(article) {
  const item = {
    id: article.id,
    type: "article-newspaper",
    title: article.title,
    author: article.authors.map((literal) => ({ literal })),
    "container-title": article.source,
    issued: article.date.length ? { "date-parts": [article.date.map(Number)] } : "",
    language: article.language,
    URL: article.url,
    archive: article.archive,
  };
  return JSON.stringify([Object.fromEntries(Object.entries(item).filter(([, value]) => value.length !== 0))]);
}
