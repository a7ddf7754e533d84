// On the page that a search result leads to: marks the words, and goes to the first in the paragraph asked for, or in the one that
// has most of them.

const words = new URLSearchParams(location.search).getAll("mark").filter((word) => word.trim()).slice(0, 16);
const article = document.querySelector("main article") ?? document.querySelector("main");

if (article && words.length) {
  markWords(article, words);
  const bare = new URL(location.href);
  bare.searchParams.delete("mark");
  history.replaceState(history.state, "", bare); // what is copied from here is the article's own address
  const wanted = /^#(p-[\w-]+)/.exec(location.hash)?.[1];
  const paragraph = (wanted && document.getElementById(wanted)) || likeliest(article);
  const address = paragraph?.querySelector('[id^="p-"]')?.id;
  if (address && !wanted) location.replace(`#${address}`); // so that it is the one that stands out
  const first = paragraph?.querySelector("mark.v-hit") ?? article.querySelector("mark.v-hit");
  first?.scrollIntoView({ block: "center" });
}

/** The block that has most of the words, of which the first count most; the first of several. */
function likeliest(element) {
  const found = new Map(); // block → its words
  for (const mark of element.querySelectorAll("mark.v-hit")) {
    const block = mark.closest("p, li, blockquote, td, th, h1, h2, h3, h4, h5, h6") ?? element;
    if (!found.has(block)) found.set(block, new Set());
    found.get(block).add(mark.textContent);
  }
  const worth = (has) => words.reduce((sum, word, place) => sum + (has.has(word) ? 2 ** -place : 0), 0);
  return [...found].reduce((best, one) => (best && worth(best[1]) >= worth(one[1]) ? best : one), undefined)?.[0];
}

/** Wrap every occurrence of the words, longest first, in `<mark>`; nothing but text is touched. */
export function markWords(element, wanted) {
  const longest = [...wanted].sort((a, b) => b.length - a.length).map((word) => word.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&"));
  const pattern = new RegExp(longest.join("|"), "gu");
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style, mark")) texts.push(walker.currentNode);
  for (const node of texts) markNode(node, pattern);
}

function markNode(node, pattern) {
  const text = node.data;
  let at = 0;
  const parts = [];
  for (const match of text.matchAll(pattern)) {
    if (!wholeWord(text, match.index, match.index + match[0].length)) continue;
    parts.push(text.slice(at, match.index), Object.assign(document.createElement("mark"), { className: "v-hit", textContent: match[0] }));
    at = match.index + match[0].length;
  }
  if (parts.length) node.replaceWith(...parts, text.slice(at));
}

/** In scripts with spaces a word is marked where it stands alone. */
function wholeWord(text, start, end) {
  const spaced = /[\p{L}\p{N}]/u;
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const alone = (outside, inside) => !outside || !spaced.test(outside) || unspaced.test(outside) || unspaced.test(inside);
  return alone(text[start - 1], text[start]) && alone(text[end], text[end - 1]);
}
