// Comfort, no more: everything but the search works without this file.
(() => {
  const root = new URL("..", document.currentScript.src);
  const page = document.documentElement;
  const keep = {
    get: (name) => { try { return localStorage.getItem("variorum." + name); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem("variorum." + name, value); } catch { /* private window */ } },
  };
  for (const name of ["scheme", "size"]) {
    if (keep.get(name)) page.dataset[name] = keep.get(name);
  }
  let strings;

  function dark() {
    return (page.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }

  function turn(name, value) {
    page.dataset[name] = value;
    keep.set(name, value);
  }

  // Put the interface into the reader's language; the article keeps its own.
  async function speak(language) {
    if (!(await learn(language))) return;
    for (const [part, key] of words()) {
      if (part.placeholder === undefined) part.textContent = strings[key];
      else part.placeholder = strings[key];
    }
    for (const part of document.querySelectorAll('body > header, body > footer, [href="#main"]')) {
      part.lang = language;
      part.dir = strings.dir;
    }
    document.querySelector("a.v-ui, .v-ui summary").textContent = strings.name;
    label(language);
    follow(language);
  }

  // The strings of an interface language; says whether there are any.
  async function learn(language) {
    const answer = await fetch(new URL(`assets/ui/${language}.json`, root));
    if (answer.ok) strings = await answer.json();
    return answer.ok;
  }

  // Names for what shows a sign or nothing: parts of the header, and the signs at paragraphs.
  function label(language) {
    const names = { "body > header nav": strings.browse, ".v-size": strings.size, ".v-scheme": strings.scheme };
    for (const [place, name] of Object.entries(names)) document.querySelector(place).setAttribute("aria-label", name);
    document.querySelector("a.v-ui, .v-ui summary").setAttribute("aria-label", `${strings.name}: ${strings.interface}`);
    for (const [index, sign] of document.querySelectorAll("a.p").entries()) {
      sign.lang = language;
      sign.setAttribute("aria-label", strings.paragraph.replace("{number}", index + 1));
    }
  }

  // The buttons do nothing without this file, so it makes them.
  function button(name, text, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = text;
    made.setAttribute("aria-label", text || name);
    made.addEventListener("click", action);
    document.querySelector("body > header").append(made);
  }

  // Every paragraph has an address: the sign to point at, to follow and to copy.
  function addresses() {
    for (const place of document.querySelectorAll("article.article [id^=p-]")) {
      const sign = place.matches("a") ? place : place.appendChild(document.createElement("a"));
      sign.className = "p";
      sign.href = "#" + place.id;
      sign.textContent = "¶";
    }
  }

  // An edited paragraph on two sides, of which wide screens show these instead of the one with both in line.
  function sides() {
    for (const both of document.querySelectorAll(".diff p.both:not(.new)")) {
      for (const [side, others] of [["new", "del"], ["old", "ins"]]) {
        const words = both.cloneNode(true);
        words.className = side;
        for (const other of words.querySelectorAll(others)) other.remove();
        both.after(words);
      }
      both.parentElement.classList.add("sided");
    }
  }

  // The other forms of a citation, under the one in words.
  async function cite(section) {
    const { readArticle, citations, FORMS } = await import(new URL("assets/cite.js", root));
    const url = new URL(section.querySelector("bdi[dir]").textContent, root).href;
    const forms = citations(readArticle(document, url, document.querySelector("body > header > a").textContent));
    const details = document.createElement("details");
    details.append(document.createElement("summary"), ...forms.map((text) => {
      const form = document.createElement("pre");
      form.dir = "ltr";
      form.textContent = text;
      return form;
    }));
    details.firstChild.textContent = FORMS;
    section.append(details);
  }

  // The words of the interface around a page, with the keys of their strings.
  function* words() {
    yield [document.querySelector('[href="#main"]'), "skip"];
    yield [document.querySelector("body > header input"), "search"];
    for (const link of document.querySelectorAll("body > header nav a, body > footer a")) {
      yield [link, link.pathname.match(/(\w+)(?:\/|\.xml)$/)[1]];
    }
  }

  // Say something in passing, to eyes and ears.
  async function tell(key, time = 2000) {
    if (!strings && !(await learn(page.lang))) return;
    const note = document.createElement("p");
    note.className = "v-note";
    note.setAttribute("role", "status");
    document.body.append(note);
    note.textContent = strings[key];
    setTimeout(() => note.remove(), time);
  }

  // Links of header and footer lead to the pages in the reader's language.
  function follow(language) {
    const home = new URL(strings.home, root).href;
    const before = document.querySelector("body > header > a").href;
    if (home === before) return;
    for (const part of document.querySelectorAll("body > header a[href], body > footer a[href]")) {
      if (part.closest("details") || !part.href.startsWith(before) || /\/(data\/|feed\.xml)$/.test(part.href)) continue;
      part.href = home + part.href.slice(before.length);
    }
    document.querySelector("body > header form").action = home + "search/";
  }

  // A page that exists in one language has a link here; it becomes the menu when it is first used.
  async function unfold(link) {
    const languages = await (await fetch(new URL("assets/ui/languages.json", root))).json();
    const menu = document.createElement("details");
    menu.className = "v-ui";
    const summary = document.createElement("summary");
    summary.textContent = link.textContent;
    summary.setAttribute("aria-label", link.getAttribute("aria-label"));
    const list = document.createElement("p");
    for (const { code, name, home } of languages) {
      const way = document.createElement("a");
      way.lang = code;
      way.textContent = name;
      way.href = new URL(home, root);
      list.append(way);
    }
    menu.append(summary, list);
    menu.open = true;
    link.replaceWith(menu);
    summary.focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const everywhere = document.querySelector(".v-ui[data-everywhere]");
    document.querySelector("body > header").addEventListener("click", (event) => {
      const link = event.target.closest("a.v-ui, .v-ui a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.matches("a.v-ui")) {
        event.preventDefault();
        unfold(link).catch(() => location.assign(link.href));
        return;
      }
      keep.set("ui", link.lang);
      if (everywhere) return;
      event.preventDefault();
      link.closest("details").open = false;
      speak(link.lang);
    });
    if (/[?&]mark=/.test(location.search)) import(new URL("assets/search/mark.js", root));

    const missing = () => {
      if (/^#p-/.test(location.hash) && !document.getElementById(location.hash.slice(1))) tell("changed", 8000);
    };
    missing();
    addEventListener("hashchange", missing);

    button("v-size", "Aa", () => turn("size", page.dataset.size === "large" ? "normal" : "large"));
    button("v-scheme", "", () => turn("scheme", dark() ? "light" : "dark"));
    addresses();
    sides();
    const section = document.querySelector("section.cite");
    if (section) cite(section);

    const chosen = keep.get("ui");
    if (chosen && /^[\w-]+$/.test(chosen) && chosen !== page.lang && !everywhere) speak(chosen);
    else learn(page.lang).then((known) => known && label(page.lang));

    // What the search page needs comes while the reader still writes.
    document.querySelector("body > header input").addEventListener("focus", async ({ target }) => {
      const get = (path) => fetch(new URL(path, root), { priority: "low" });
      const page = [target.form.action, "search/search.js", "search/index/manifest.json"].map(get);
      try {
        const { programs } = await (await page[2]).json();
        await Promise.all([...page, get(`search/index/${programs}`)]);
      } catch { /* the page will ask again */ }
    }, { once: true });

    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      document.querySelector("body > header input").focus();
    });

    document.addEventListener("click", (event) => {
      const mark = event.target.closest("a.p");
      if (mark && navigator.clipboard) navigator.clipboard.writeText(mark.href).then(() => tell("copied")).catch(() => {});
      const menu = document.querySelector("details.v-ui");
      if (menu && !event.target.closest(".v-ui")) menu.open = false;
    });
  });
})();
