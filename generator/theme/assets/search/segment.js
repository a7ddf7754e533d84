// Cutting queries and texts into words, by the rules that the index was made with.

const MARK = "q";
const GAP = "00000";

/** Gives `tokens(text)`: the words of a text as indexed, with their place (UTF-16). */
export function makeSegmenter(rules) {
  const pattern = makePattern(rules);
  const plainLetters = makePlain(rules);
  const ignored = new Set(rules.ignored);
  const inner = new Set(rules.inner);

  function form(word) {
    let plain = "";
    for (const letter of plainLetters(word)) plain += inner.has(letter) ? "'" : letter;
    return plain.replace(/[^\p{L}\p{M}\p{N}']/gu, "").replace(/^'+|'+$/g, "");
  }

  function pieces(run, offset, size) {
    const places = [];
    let at = 0;
    for (const character of run) {
      if (!ignored.has(character)) places.push([at, character]);
      at += character.length;
    }
    return places.map(([start], index) => {
      const piece = places.slice(index, index + size);
      const [last, character] = piece.at(-1);
      return {
        form: MARK + piece.map((place) => digits(place[1])).join("") + GAP.repeat(size - piece.length),
        start: offset + start,
        end: offset + last + character.length,
        size,
        missing: size - piece.length,
        first: index === 0,
      };
    });
  }

  return function tokens(text) {
    const found = [];
    for (const match of text.matchAll(pattern)) {
      const rule = rules.grams.findIndex((_, index) => match[index + 1] !== undefined);
      if (rule >= 0) {
        found.push(...pieces(match[0], match.index, rules.grams[rule].size));
      } else {
        const word = form(match[0]);
        if (word) found.push({ form: word, start: match.index, end: match.index + match[0].length, size: 0 });
      }
    }
    return found;
  };
}

/**
 * What is looked up for a stretch of a query: words, and of each run without spaces as few pieces as cover it.
 * `offset` is the place that each must have after the first.
 */
export function lookups(tokens) {
  const found = [];
  let covered = -1;
  tokens.forEach((token, offset) => {
    if (token.size === 0) {
      found.push({ form: token.form.replaceAll("'", ""), offset, whole: token.form });
      return;
    }
    if (token.first) covered = -1;
    const next = tokens[offset + 1];
    const lastFull = token.missing === 0 && (next === undefined || next.size === 0 || next.missing > 0 || next.first);
    if (token.missing > 0) {
      if (token.first) found.push({ form: token.form.slice(0, -GAP.length * token.missing), offset });
    } else if (offset >= covered || lastFull) {
      found.push({ form: token.form, offset });
      covered = offset + token.size;
    }
  });
  return found;
}

/** Gives `plainLetters(text)`: compatibility forms and interchangeable letters made one, digits of all scripts ASCII, small letters. */
export function makePlain(rules) {
  const letters = makeLetters(rules);
  const nasals = Object.entries(rules.nasals).map(([sign, pattern]) => [new RegExp(pattern, "gu"), sign]);
  return function plainLetters(text) {
    let plain = "";
    for (const character of text.normalize("NFKC").toLowerCase()) plain += letters.get(character) ?? character;
    return nasals.reduce((found, [pattern, sign]) => found.replace(pattern, sign), plain);
  };
}

function digits(character) {
  let text = "";
  for (let at = 0; at < character.length; at += 1) {
    text += String(character.charCodeAt(at)).padStart(5, "0");
  }
  return text;
}

function makeLetters(rules) {
  const letters = new Map(Object.entries(rules.letters));
  for (const zero of rules.zeros) {
    for (let value = 0; value < 10; value += 1) {
      letters.set(String.fromCodePoint(zero.codePointAt(0) + value), String(value));
    }
  }
  return letters;
}

function makePattern(rules) {
  const ignored = escape(rules.ignored);
  const inner = escape(rules.inner);
  let cut = "";
  const runs = rules.grams.map((rule) => {
    const members = rule.scripts.map((script) => `\\p{Script=${script}}`).join("") + escape(rule.extra);
    cut += members;
    return `([${members}](?:[${members}\\p{M}${ignored}]*[${members}\\p{M}])?)`;
  });
  const joiner = `(?!(?<=\\p{Script=${rules.splits.script}})${rules.splits.joiner})[${ignored}]`;
  const letter = `(?![${cut}])[\\p{L}\\p{M}\\p{N}]`;
  const word = `${letter}(?:${letter}|(?:${joiner}|[${inner}])(?=${letter}))*`;
  return new RegExp([...runs, word].join("|"), "gu");
}

function escape(characters) {
  return characters.replace(/[\\\]^-]/g, "\\$&");
}
