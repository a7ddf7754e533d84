// From a match to what is shown: the sentence with the words marked, and the address that leads to it.

import { placesAsWritten, plain } from "./query.js";

const LONGEST = 320; // characters of a sentence that are shown
const BEFORE = 120; // of them before the first mark, when it is cut
const BETWEEN = /^[\s\p{Pd}]$/u; // what two marks may have between them and still be one
const MOST_MARKS = 8; // different words that an address carries
const AS_ASKED = 2; // how near a word is that stands as it was asked for

/**
 * Describe a hit, or give null when a phrase in quotation marks does not stand in the text, or no version has all the words.
 *
 * `title` and `sentence` are lists of `[text, marked]`; `paragraph` is the address of the paragraph; `near` tells how near the
 * words come to those asked for: for each part of the query 2 if it stands as asked, 1 if in another form, 0 if but its stem does.
 * `version` is the place, among the versions of the record, of the one that alone says something of what was asked for.
 */
export function describe(record, match, parts, tokens) {
  const paragraphs = record.text ?? [];
  const readings = record.readings ?? [];
  const texts = [record.title ?? "", ...[...paragraphs, ...readings].map(([, text]) => text)];
  const segments = [];
  let count = 0;
  for (const text of texts) {
    const found = tokens(text);
    segments.push({ text, tokens: found, from: count, marks: [] });
    count += found.length;
  }
  let near = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const nearness = markPart(segments, parts[index], match.places[index] ?? [], index);
    if (nearness === null) return null;
    near += nearness;
  }
  const [head, ...body] = segments.slice(0, 1 + paragraphs.length);
  const others = segments.slice(1 + paragraphs.length).map((segment, index) => ({ ...segment, versions: readings[index][0] }));
  const told = onlyThere(others, partsOf([head, ...body]));
  if (told === null) return null;
  const best = bestSegment(told.length ? told : body);
  const shown = best ? sentenceOf(best, record.language) : { pieces: [[cut(texts[1] ?? "", 0, LONGEST), false]], first: "" };
  return {
    title: head.text ? pieces(head.text, 0, head.text.length, head.marks) : [[cut(texts[1] ?? record.id, 0, 100), false]],
    sentence: shown.pieces,
    first: shown.first,
    paragraph: paragraphs[body.indexOf(best)]?.[0] ?? "",
    marks: wordsMarked(best ? [best, ...told, ...body, head] : [head]),
    near,
    version: told[0]?.version,
  };
}

/** A hit whose text is not known yet, as `describe` gives them. */
export function headline(record) {
  return { title: [[record.title || record.id, false]], sentence: [], first: "", paragraph: "", marks: [], near: 0, waiting: true };
}

/** The address of a hit: its page, the paragraph, the words for this site's marks, and the browser's own text fragment. */
export function addressOf(root, record, hit) {
  const isOther = hit.version !== undefined; // its page finds the paragraph by the words
  const address = new URL(isOther ? articleAddress(record.versions[hit.version]) : record.url, root);
  for (const word of hit.marks) address.searchParams.append("mark", word);
  const anchor = hit.paragraph || address.hash.slice(1);
  if (hit.first && !isOther) address.hash = `${anchor}:~:text=${encodeURIComponent(hit.first).replaceAll("-", "%2D")}`;
  else if (anchor) address.hash = anchor;
  return address.href;
}

/** The address of an article below the site's root. */
export function articleAddress(id) {
  return `articles/${id}/`;
}

/** Mark a part of the query; gives how near the words come to it, null for a phrase that does not stand there. */
function markPart(segments, part, places, index) {
  if (part.dates && !places.length) return AS_ASKED;
  if (!part.exact) return markWords(segments, part, places, index);
  let found = false;
  for (const segment of segments) {
    const forms = segment.tokens.map((token) => token.form);
    for (const sequence of part.sequences) {
      const length = sequence.lookups.at(-1).offset - sequence.lookups[0].offset;
      for (const at of placesAsWritten(sequence, forms)) {
        found = true;
        segment.marks.push({ start: segment.tokens[at].start, end: segment.tokens[at + length].end, part: index, near: AS_ASKED });
      }
    }
  }
  return found ? AS_ASKED : null;
}

/**
 * Mark the words that a part was found by. Where one stands as asked, those that only have its stem, as *para* has that
 * of *Paris*, are other words.
 */
function markWords(segments, part, places, index) {
  const asked = askedFor(part.sequences.filter(({ weight }) => !weight));
  const forms = askedFor(part.sequences);
  const wanted = new Set(places);
  const found = segments.flatMap((segment) =>
    segment.tokens.filter((_, at) => wanted.has(segment.from + at)).map((token) => ({ segment, token, near: nearness(token, asked, forms) })),
  );
  const nearest = Math.max(0, ...found.map(({ near }) => near));
  for (const { segment, token, near } of found) {
    if (nearest === AS_ASKED && !near) continue;
    segment.marks.push({ start: token.start, end: token.end, part: index, near });
  }
  return nearest;
}

/** The words of sequences, as they are written but for marks. */
function askedFor(sequences) {
  return sequences.flatMap(({ lookups }) => lookups.map(({ whole }) => whole && plain(whole))).filter(Boolean);
}

/** How near a word comes to those asked for; what an apostrophe parts from it, as in *l'eau*, is not of it. */
function nearness({ form, size }, asked, forms) {
  const written = plain(form);
  if (size || [written, ...written.split("'")].some((one) => asked.includes(one))) return AS_ASKED;
  return forms.some((word) => alike(written, word)) ? 1 : 0;
}

/** Whether a word is, to the eye, another form of one that was asked for: it has its letters, or all but the last ones. */
function alike(form, asked) {
  return asked.startsWith(form) || form.includes(asked.slice(0, -1));
}

/** The parts of a query that have marks in segments. */
function partsOf(segments) {
  return new Set(segments.flatMap(({ marks }) => marks.map(({ part }) => part)));
}

/**
 * What of other versions is to be shown: of the first version that has all parts of the query that are not `known`, the segments
 * that have one of these. Null where no version has all.
 */
function onlyThere(others, known) {
  const telling = others.filter(({ marks }) => marks.some(({ part }) => !known.has(part)));
  const withKnown = (segments) => new Set([...known, ...partsOf(segments)]).size;
  for (const version of [...new Set(telling.flatMap(({ versions }) => versions))].sort((a, b) => a - b)) {
    const own = telling.filter(({ versions }) => versions.includes(version));
    if (withKnown(own) === withKnown(telling)) return own.map((segment) => ({ ...segment, version }));
  }
  return telling.length ? null : [];
}

/** The segment whose marks are worth most. */
function bestSegment(segments) {
  let best = null;
  let most = 0;
  for (const segment of segments) {
    const value = worth(segment.marks);
    if (value > most) [best, most] = [segment, value];
  }
  return best;
}

/** What marks tell of a query: first how many of its parts, then how near these come to it, then how often they stand there. */
function worth(marks) {
  const parts = new Map();
  for (const { part, near } of marks) parts.set(part, Math.max(near, parts.get(part) ?? 0));
  const nearness = [...parts.values()].reduce((sum, near) => sum + near, 0);
  return (100 * parts.size + nearness) * 1000 + Math.min(marks.length, 999);
}

function sentenceOf({ text, marks }, language) {
  let sentence = { start: 0, end: text.length, value: -1 };
  for (const { segment, index } of splitSentences(text, language)) {
    const end = index + segment.length;
    const value = worth(marks.filter((mark) => mark.start < end && mark.end > index));
    if (value > sentence.value) sentence = { start: index, end, value };
  }
  let { start, end } = sentence;
  const first = marks.filter((mark) => mark.end > start && mark.start < end).sort((a, b) => a.start - b.start)[0];
  if (end - start > LONGEST) {
    if (first.start - start > BEFORE) start = wordStart(text, first.start - BEFORE);
    end = Math.min(end, start + LONGEST);
  }
  const shown = pieces(text, start, end, marks);
  if (start > sentence.start) shown.unshift(["… ", false]);
  if (end < sentence.end) shown.push([" …", false]);
  return { pieces: shown, first: shown.find(([, marked]) => marked)?.[0] ?? "" };
}

function splitSentences(text, language) {
  try {
    return new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
  } catch {
    return [{ segment: text, index: 0 }];
  }
}

function wordStart(text, at) {
  const space = text.indexOf(" ", at);
  return space >= 0 && space - at < 20 ? space + 1 : at;
}

function cut(text, start, length) {
  return text.length > start + length ? `${text.slice(start, start + length)} …` : text.slice(start);
}

/** A stretch of a text as `[text, marked]`; marks that touch, overlap, or have but a space or a hyphen between become one. */
function pieces(text, start, end, marks) {
  const inside = marks
    .filter((mark) => mark.end > start && mark.start < end)
    .map((mark) => [Math.max(mark.start, start), Math.min(mark.end, end)])
    .sort((a, b) => a[0] - b[0]);
  const found = [];
  const near = (to, from) => from <= to || BETWEEN.test(text.slice(to, from));
  let at = start;
  for (let index = 0; index < inside.length; ) {
    let [from, to] = inside[index];
    for (index += 1; index < inside.length && near(to, inside[index][0]); index += 1) to = Math.max(to, inside[index][1]);
    if (from > at) found.push([text.slice(at, from), false]);
    found.push([text.slice(from, to), true]);
    at = to;
  }
  if (at < end) found.push([text.slice(at, end), false]);
  return found;
}

function wordsMarked(segments) {
  const words = new Set();
  for (const { text, marks } of segments) {
    for (const [word, marked] of pieces(text, 0, text.length, marks)) {
      if (marked && words.size < MOST_MARKS && word.length <= LONGEST) words.add(word);
    }
  }
  return [...words];
}
