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

const MEANT = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const literal = (text) => text.replace(/[\\{}%#$&_~^]/g, (sign) => MEANT[sign] ?? `\\${sign}`);

function bibtex(article) {
  const fields = {
    title: literal(article.title),
    author: article.authors.map(literal).join(" and "),
    journal: literal(article.source),
    date: article.date.join("-"),
    langid: article.language,
    url: article.url,
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@article{${article.id},\n${lines.join("")}}`;
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
  const lines = fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\n`);
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
