// Outlets that a query names: by words of one of their names, or of their id.

const MOST = 3; // outlets that are offered
const FEWEST = 4; // letters of a name, in scripts with spaces
const FEWEST_WIDE = 2;
const ALONE = 0.25; // of a name's letters, where the query has nothing else
const BESIDE = 0.5; // more than this, where it has other words
const WIDE = /[\u2e80-\u{1ffff}]/u;

export class Outlets {
  /** `sources` are the names by language of each outlet; `spelling` gives the form in which names are compared. */
  constructor(sources, spelling) {
    Object.assign(this, { sources, spelling, names: null });
  }

  /** The outlets that a query's parts name, likeliest first, each as `{id, rest}`: the query without what names it. */
  namedIn(parts) {
    this.names ??= Object.entries(this.sources).map(([id, names]) => [id, [...Object.values(names), id].map(this.spelling)]);
    const words = parts.map(({ text }) => this.spelling(text));
    const found = [];
    for (const [id, names] of this.names) {
      const [best] = names.map((name) => shareOf(name, words)).sort((a, b) => b.share - a.share);
      const others = parts.filter((_, index) => !best.has.has(index));
      if (best.share < ALONE || (others.length && best.share <= BESIDE)) continue;
      found.push({ id, share: best.share, rest: others.map(({ text, exact }) => (exact ? `"${text}"` : text)).join(" ") });
    }
    return found.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1)).slice(0, MOST);
  }
}

/** Which words a name `has`, and what share of its letters they are: none where they are too few to mean it. */
function shareOf(name, words) {
  const has = new Set(words.flatMap((word, index) => (isIn(word, name) ? [index] : [])));
  const letters = lengthOf([...new Set([...has].map((index) => words[index]))].join(""));
  return { has, share: letters < (WIDE.test(name) ? FEWEST_WIDE : FEWEST) ? 0 : letters / lengthOf(name) };
}

function isIn(word, name) {
  if (!word) return false;
  return WIDE.test(word) ? name.includes(word) : ` ${name} `.includes(` ${word} `);
}

function lengthOf(text) {
  return text.replaceAll(" ", "").length;
}
