// The order of the results.

export const OWN = 0.2; // what being in the interface's language counts, beside 1 for the best of a language

/** All matches of a search that its filters let through, in its order, as `{shard, number, near, merit, ...match}`. */
export function rank({ found, parts, order, own, options }) {
  const hits = [];
  for (const [shard, matches] of found) {
    for (const [number, match] of matches) {
      if (match.fits) hits.push({ shard, number, ...match, near: match.near ?? 2 * parts.length - match.loose - (match.unnamed ?? 0) });
    }
  }
  weigh(hits, own);
  const { sort } = options;
  const worded = parts.some(({ dates }) => !dates);
  const alike = worded ? () => 0 : articlesFirst;
  const newest = byDate(-1, alike);
  if (sort === "newest") return hits.sort(newest);
  if (sort === "oldest") return hits.sort(byDate(1, alike));
  if (!worded) return hits.sort((a, b) => isDated(b) - isDated(a) || newest(a, b));
  const place = ({ shard }) => order.get(shard.language);
  return hits.sort((a, b) => b.near - a.near || isDated(b) - isDated(a) || b.merit - a.merit || place(a) - place(b) || byScore(a, b));
}

/**
 * Scores of two languages cannot be compared; places in their lists can, and how far a hit is behind the best. Lists of
 * their own have those with but the beginning of a word, and names and quotations, whose few words score high, as soon as
 * it is known that they are. `own` is the interface's language, if it may be the query's.
 */
function weigh(hits, own) {
  const lists = new Map();
  for (const hit of hits) {
    const key = `${hit.shard.language} ${hit.loose} ${hit.record?.kind ?? "article"}`;
    if (!lists.has(key)) lists.set(key, []);
    lists.get(key).push(hit);
  }
  for (const list of lists.values()) {
    list.sort(byScore);
    const [{ score, shard }] = list;
    const more = base(shard.language) === own ? OWN : 0;
    list.forEach((hit, rank) => {
      hit.merit = (1 + more) * (0.5 + (0.5 * hit.score) / (score || 1)) * (60 / (60 + rank));
    });
  }
}

function byScore(a, b) {
  return b.score - a.score || a.shard.age - b.shard.age || a.number - b.number;
}

/** Whether a text is of the date that was asked for. */
function isDated({ dated }) {
  return dated ? 1 : 0;
}

/** Where no words were asked for that tell which is better. */
function articlesFirst({ facts: one }, { facts: other }) {
  return (other.kind === "article") - (one.kind === "article");
}

/** By date, on one day by `alike`. */
function byDate(direction, alike) {
  return (a, b) => {
    const [one, other] = [a.facts.date, b.facts.date];
    if (one === other) return alike(a, b) || b.merit - a.merit;
    if (!one || !other) return one ? -1 : 1; // what has no date goes last either way
    return (one < other ? -1 : 1) * direction;
  };
}

/** A language without script and region. */
export function base(language) {
  return language.split("-")[0].toLowerCase();
}
