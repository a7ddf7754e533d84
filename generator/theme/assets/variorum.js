// Comfort, no more: everything but the search works without this file.
(() => {
  const root = new URL(document.currentScript.dataset.root, location.href);
  const page = document.documentElement;
  const keep = {
    get: (name) => { try { return localStorage.getItem("variorum." + name); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem("variorum." + name, value); } catch { /* private window */ } },
  };
  for (const name of ["scheme", "size"]) {
    if (keep.get(name)) page.dataset[name] = keep.get(name);
  }
  let strings = {};

  function dark() {
    return (page.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }

  function turn(name, value) {
    page.dataset[name] = value;
    keep.set(name, value);
  }

  // Put the interface into the reader's language; the article keeps its own.
  async function speak(language) {
    const answer = await fetch(new URL(`assets/ui/${language}.json`, root));
    if (!answer.ok) return;
    strings = await answer.json();
    for (const part of document.querySelectorAll("[data-t]")) {
      const text = strings[part.dataset.t];
      if (!text) continue;
      if (part.placeholder !== undefined) part.placeholder = text;
      if (part.hasAttribute("aria-label")) part.setAttribute("aria-label", text);
      else part.textContent = text;
    }
    for (const part of document.querySelectorAll(".v-header, .v-footer, .v-skip")) {
      part.lang = language;
      part.dir = strings.dir;
    }
    const summary = document.querySelector(".v-ui summary");
    summary.textContent = strings.name;
    summary.setAttribute("aria-label", `${strings.name}: ${strings.interface}`);
    follow(language);
  }

  // Say something in passing, to eyes and ears.
  async function tell(key, time = 2000) {
    if (!strings[key]) strings = await (await fetch(new URL(`assets/ui/${page.lang}.json`, root))).json();
    const note = document.createElement("p");
    note.className = "v-note";
    note.setAttribute("role", "status");
    document.body.append(note);
    note.textContent = strings[key];
    setTimeout(() => note.remove(), time);
  }

  // Links of header and footer lead to the pages in the reader's language.
  function follow(language) {
    const menu = document.querySelector(".v-ui");
    const chosen = menu.querySelector(`a[lang="${language}"]`);
    const target = new URL(chosen.getAttribute("href"), location.href).href;
    const home = menu.hasAttribute("data-everywhere") ? null : target;
    const before = document.querySelector(".v-name").href;
    if (home === null || home === before) return;
    for (const part of document.querySelectorAll(".v-header a[href], .v-footer a[href]")) {
      if (part.closest(".v-ui") || !part.href.startsWith(before)) continue;
      if (/\/(data\/|feed\.xml)$/.test(part.href)) continue;
      part.href = home + part.href.slice(before.length);
    }
    const form = document.querySelector(".v-find");
    form.action = home + "search/";
  }

  document.addEventListener("DOMContentLoaded", () => {
    const menu = document.querySelector(".v-ui");
    menu.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      keep.set("ui", link.lang);
      if (menu.hasAttribute("data-everywhere")) return;
      event.preventDefault();
      menu.open = false;
      speak(link.lang);
    });
    if (/[?&]mark=/.test(location.search)) import(new URL("assets/search/mark.js", root));

    const missing = () => {
      if (/^#p-/.test(location.hash) && !document.getElementById(location.hash.slice(1))) tell("changed", 8000);
    };
    missing();
    addEventListener("hashchange", missing);

    const chosen = keep.get("ui");
    if (chosen && chosen !== page.lang && menu.querySelector(`a[lang="${CSS.escape(chosen)}"]`)) {
      if (!menu.hasAttribute("data-everywhere")) speak(chosen);
    }

    const scheme = document.querySelector(".v-scheme");
    scheme.hidden = false;
    scheme.addEventListener("click", () => turn("scheme", dark() ? "light" : "dark"));

    const size = document.querySelector(".v-size");
    if (size) {
      size.hidden = false;
      size.addEventListener("click", () => turn("size", page.dataset.size === "large" ? "normal" : "large"));
    }

    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      document.querySelector(".v-find input").focus();
    });

    document.addEventListener("click", (event) => {
      const mark = event.target.closest("a.p");
      if (mark && navigator.clipboard) navigator.clipboard.writeText(mark.href).then(() => tell("copied")).catch(() => {});
      if (!event.target.closest(".v-ui")) menu.open = false;
    });
  });
})();
