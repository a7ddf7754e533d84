// Days, months and years in a query, in digits or in the words of a language, alone or among other words.

import { hasScript } from "./federation.js";
import { plain } from "./query.js";
import { base } from "./ranking.js";
import { isDate } from "./state.js";

const LONGEST = 200; // characters of a query in which a date is looked for
const SPAN = 8; // words of a date
const NAME = 3; // words of a month
const PIECE = /["“”„«「『].+?["“”»」』](?!\S)|\S+/gu; // what stands in quotation marks is not cut
const EDGE = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;
const WORDS = /\d+|[\p{L}\p{M}]+/gu;
const DAY = 24 * 60 * 60 * 1000;
const BUDDHIST = 543; // years that the Thai count is ahead

const FULL = /^(?<y>\d{4})(?<by>[-/.])\s*(?<m>\d{1,2})(?:\k<by>\s*(?<d>\d{1,2}))?$/u;
const YEARS = /^(\d{4}) ?[-–—] ?(\d{4})$/u;
const DAYS = /(?<!\d)\d{1,2}\.? ?[-–—] ?\d{1,2}(?!\d)/u;
const TURNED = /^(?:(?<d>\d{1,2})(?<by>[-/.])\s*)?(?<m>\d{1,2})[-/.]\s*(?<y>\d{4})$/u;
const COUNTED = /^(?:(?<d>\d{1,2}) )?thang (?<m>\d{1,2})(?:[ ,/-]+(?:nam )?(?<y>\d{4}))?$/u; // Vietnamese

const HAN = "〇零○一二三四五六七八九";
const FEW = `[\\p{Nd}${HAN}十廿卅]{1,3}`;
const ERAS = { 令和: 2018, 平成: 1988, 昭和: 1925, 民国: 1911, 民國: 1911 };
const YEAR = `(?:(?<era>${Object.keys(ERAS).join("|")})\\s*(?<e>元|${FEW})|(?<y>[\\p{Nd}${HAN}]{4}))\\s*[年년](?![代度])`;
const MONTH = `(?<m>${FEW})\\s*[月월]`;
const SIGNS = new RegExp(`(?<![\\p{Nd}${HAN}十])(?:${YEAR})?\\s*(?:${MONTH}(?:\\s*(?<d>${FEW})\\s*[日号號일])?)?`, "gu");
const BEFORE = /在$/u;
const AFTER = /^(?:的|の|には|に|から|まで|(?:에는|에서|에|의)(?!\S))/u;

/** What is said with dates besides what browsers write, most of it before them. */
const SAID = new Set(
  `st nd rd th of the on in at from by year er del de le en au du el es año annee jahr am im vom den dem it il nel op em no ano
  w dnia roku v dne ve г р г. го года году год в во на от у від з року рік році في يوم من شهر عام سنة لشهر در روز ماه سال ב ה שנת בשנת
  को में के का की दिनांक کو میں کے pada tanggal tahun ngay nam tarihinde yilinda`.split(/\s+/u),
);

/** Names of months that browsers do not write: those of other countries, and forms that words such as *in* ask for. */
const ALSO = {
  ar: [
    "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول",
    "جانفي,فيفري,مارس,أفريل,ماي,جوان,جويلية,أوت,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
    "يناير,فبراير,مارس,أبريل,ماي,يونيو,يوليوز,غشت,شتنبر,أكتوبر,نونبر,دجنبر",
  ],
  cs: ["lednu,únoru,březnu,dubnu,květnu,červnu,červenci,srpnu,září,říjnu,listopadu,prosinci"],
  pl: ["styczniu,lutym,marcu,kwietniu,maju,czerwcu,lipcu,sierpniu,wrześniu,październiku,listopadzie,grudniu"],
  ru: ["январе,феврале,марте,апреле,мае,июне,июле,августе,сентябре,октябре,ноябре,декабре"],
  uk: ["січні,лютому,березні,квітні,травні,червні,липні,серпні,вересні,жовтні,листопаді,грудні"],
};

/** Months of the solar count of Iran. */
const SOLAR = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

const STYLES = [
  { day: "numeric", month: "long", year: "numeric" },
  { day: "numeric", month: "short", year: "numeric" },
  { month: "long", year: "numeric" },
  { month: "long" },
];
const WEEK = [{ weekday: "long" }, { weekday: "short" }];

/**
 * The date in a query, in the words of one of some languages: what was `said`, and the `rest` of the query; null if there is none. `dates` are
 * days (`2024-12-31`), months (`2024-12`), years (`2024`), days of no year (`--12-31`) or stretches (`2020/2022`); several where
 * it can be read as day and month or as month and day. `letters` makes digits of all scripts ASCII, and small letters.
 */
export function readDate(text, languages, letters) {
  if (text.length > LONGEST || !/\p{Nd}|[一-十]/u.test(text)) return null;
  const query = text.replace(/\p{Cf}/gu, "").trim();
  return amongSigns(query, letters) ?? amongWords(query, languages, letters);
}

/** The longest stretch of words that is a date; none if another number stands beside it, as in *30 February 2022*. */
function amongWords(text, languages, letters) {
  const words = text.match(PIECE) ?? [];
  const known = languages.filter((language) => hasScript(text, language)).map((language) => wordsOf(language, letters));
  for (let length = Math.min(SPAN, words.length); length > 0; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const said = words.slice(at, at + length).join(" ");
      const dates = datesOf(plain(letters(said)), known);
      if (dates.length && (isNumber(words[at - 1]) || isNumber(words[at + length]))) return null;
      if (dates.length) return { dates, said, rest: [...words.slice(0, at), ...words.slice(at + length)].join(" ") };
    }
  }
  return null;
}

function isNumber(word) {
  return /^[\p{Nd}\p{P}]*\p{Nd}\p{P}*$/u.test(word ?? "");
}

function datesOf(text, known) {
  if (!/\d/.test(text)) return [];
  const found = inDigits(withoutSaid(text)) ?? known.flatMap((words) => inWords(text, words));
  return [...new Set(found)].filter(isDay);
}

/** A stretch without what is said before and after a date. */
function withoutSaid(text) {
  const words = text.replace(EDGE, "").split(/\s+/u);
  while (SAID.has(words[0])) words.shift();
  while (SAID.has(words.at(-1)?.replace(EDGE, ""))) words.pop();
  return words.join(" ").replace(EDGE, "");
}

function inDigits(text) {
  if (/^\d{4}$/.test(text)) return [text];
  const [, first, last] = YEARS.exec(text) ?? [];
  if (first < last) return [`${first}/${last}`];
  const match = FULL.exec(text) ?? COUNTED.exec(text);
  if (match) return [iso(match.groups)];
  const turned = TURNED.exec(text)?.groups;
  if (!turned) return null;
  const { y, m, d, by } = turned;
  return d && by !== "." ? [iso(turned), iso({ y, m: d, d: m })] : [iso(turned)];
}

/** Year, day and month in any order; whatever else is said must be what the language says with a date. */
function inWords(text, { months, others }) {
  const years = [];
  const days = [];
  const named = new Set(); // a month may be told by two names, as in Arabic
  const words = text.match(WORDS) ?? [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const length = nameAt(words, at, months);
    if (/^\d/.test(word)) (word.length === 4 ? years : days).push(word);
    else if (length) named.add(months.get(words.slice(at, at + length).join(" ")));
    else if (!others.has(word)) return [];
    at += Math.max(0, length - 1);
  }
  const [m] = named;
  const [y] = years;
  if (years.length > 1 || named.size !== 1 || (m > 12 && !isSolar(y))) return [];
  if (days.length === 2 && y && DAYS.test(text)) return [days.map((d) => iso({ y, m, d })).join("/")];
  return days.length < 2 && (y || days.length) ? [iso({ y, m, d: days[0] })] : [];
}

/** How many words from one on are the name of a month. */
function nameAt(words, at, months) {
  for (let length = NAME; length > 0; length -= 1) {
    if (at + length <= words.length && months.has(words.slice(at, at + length).join(" "))) return length;
  }
  return 0;
}

/** A date with the signs for year, month and day, which need no space around them. */
function amongSigns(text, letters) {
  for (const { 0: found, index, groups } of text.matchAll(SIGNS)) {
    const { era, e, m, d } = groups;
    const y = groups.y ?? (era && ERAS[era] + number(e, letters));
    if (!y && !(m && d)) continue;
    const date = iso({ y: y && number(String(y), letters), m: m && number(m, letters), d: d && number(d, letters) });
    if (!isDay(date)) continue;
    const before = text.slice(0, index).replace(BEFORE, "");
    const after = text.slice(index + found.length).replace(AFTER, "");
    return { dates: [date], said: found.trim(), rest: [before.trim(), after.trim()].filter((one) => one.replace(EDGE, "")).join(" ") };
  }
  return null;
}

/** A number in digits of any script, or in Han signs, one by one (二〇二四) or with a sign for ten (三十一). */
function number(text, letters) {
  if (text === "元") return 1;
  const value = (signs) => Number(letters([...signs].map((sign) => (HAN.includes(sign) ? Math.max(0, HAN.indexOf(sign) - 2) : sign)).join("")));
  const [tens, ones] = text.replace("廿", "二十").replace("卅", "三十").split("十");
  return ones === undefined ? value(tens) : 10 * (tens ? value(tens) : 1) + value(ones);
}

/** Whether a year is one of the solar count of Iran. */
function isSolar(year) {
  return year >= 1300 && year < 1500;
}

/** A day of the solar count as ours, or all days of a month. */
function solar(year, month, day) {
  if (day) return solarDay(year, month, day).toISOString().slice(0, 10);
  const next = month < 12 ? solarDay(year, month + 1, 1) : solarDay(year + 1, 1, 1);
  return [solarDay(year, month, 1), new Date(next - DAY)].map((one) => one.toISOString().slice(0, 10)).join("/");
}

function solarDay(year, month, day) {
  const first = Date.UTC(year + 621, 2, 20) + (31 * Math.min(month - 1, 6) + 30 * Math.max(0, month - 7) + day - 1) * DAY;
  const format = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { day: "numeric", timeZone: "UTC" });
  return [0, 1, 2].map((more) => new Date(first + more * DAY)).find((one) => Number(format.format(one)) === Number(day)) ?? new Date(first);
}

function iso({ y, m, d }) {
  if (isSolar(y) && m) return solar(Number(y), m > 12 ? m - 12 : Number(m), Number(d ?? 0));
  const year = y >= 2440 && y < 2640 ? y - BUDDHIST : y;
  const parts = [m, d].filter(Boolean).map((part) => String(part).padStart(2, "0"));
  return year ? [year, ...parts].join("-") : `--${parts.join("-")}`;
}

/** Whether a text is a date of the calendar, a stretch of such, or a day of some year. */
function isDay(date) {
  const ends = date.split("/");
  return ends[0] <= ends.at(-1) && ends.every((one) => isDate(one.replace(/^-(?=-)/, "2024")));
}

const known = new Map();

/** The names of months that are known for a language, each with its number (those of the solar count with 12 more), and what else is said in dates. */
function wordsOf(language, letters) {
  if (!known.has(language)) known.set(language, readWords(language, (text) => plain(letters(text))));
  return known.get(language);
}

function readWords(language, small) {
  const months = new Map();
  const others = new Set([...SAID].map(small));
  const name = (text, number) => /\d/.test(text) || months.set((small(text).match(WORDS) ?? []).join(" "), number);
  for (const list of ALSO[base(language)] ?? []) list.split(",").forEach((text, index) => name(text, index + 1));
  if (base(language) === "fa") SOLAR.forEach((text, index) => name(text, index + 13));
  for (const [number, parts] of writtenIn(language)) {
    parts.forEach(({ type, value }, at) => {
      if (type === "month") name(attached(parts[at - 1], /[\p{L}\p{M}]+$/u) + value + attached(parts[at + 1], /^[\p{L}\p{M}]+/u), number);
      if (type === "month") name(value, number);
      else for (const word of small(value).match(WORDS) ?? []) others.add(word);
    });
  }
  for (const month of months.keys()) others.delete(month);
  return { months, others };
}

/** Letters that a language writes onto a month: *במרץ*. */
function attached(part, pattern) {
  return part?.type === "literal" ? (pattern.exec(part.value)?.[0] ?? "") : "";
}

/** Dates as the browser writes them: the number of the month, and the parts. */
function writtenIn(language) {
  try {
    const write = (style) => new Intl.DateTimeFormat(language, { ...style, calendar: "gregory", numberingSystem: "latn", timeZone: "UTC" });
    const day = (format, month, number) => [month + 1, format.formatToParts(Date.UTC(2024, month, number))];
    const twelve = (format) => Array.from({ length: 12 }, (_, month) => day(format, month, 10));
    const seven = (format) => Array.from({ length: 7 }, (_, number) => day(format, 0, number + 1));
    return [...STYLES.map(write).flatMap(twelve), ...WEEK.map(write).flatMap(seven)];
  } catch {
    return [];
  }
}
