// The words of an article as its page has them: the index need not hold them once more.

/** The paragraphs of an article as `[address, text]`, headings and items of lists among them, in their order. */
export async function paragraphsOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html"); // runs nothing and fetches nothing
  for (const button of page.querySelectorAll("article button")) button.remove(); // how many carry a quotation, which is no word of the text
  return [...page.querySelectorAll('article [id^="p-"]')].map((place) => [place.id, blockOf(place).textContent]);
}

/** A heading has its address itself, all else an empty link at its beginning. */
function blockOf(place) {
  return place.localName === "a" ? place.parentElement : place;
}
