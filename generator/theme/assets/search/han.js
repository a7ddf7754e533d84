// Chinese in its two ways of writing: what was typed in one is looked for in the other, too.

const MOST = 8; // ways to write one word
const HAN = /\p{Script=Han}/u;

export class Han {
  /** `address` is that of the table, which is fetched when a query has Han signs. */
  constructor(address) {
    this.address = address;
  }

  /** Load what the ways to write a text need; without the table there is but the one typed. */
  async ready(text) {
    if (!HAN.test(text)) return;
    this.table ??= fetch(this.address).then((response) => response.json()).then((table) => this.#read(table));
    await this.table.catch(() => {
      this.table = undefined;
    });
  }

  #read({ traditional, simplified, both }) {
    const own = new Set(both);
    const short = [...simplified];
    this.simple = new Map();
    this.full = new Map();
    [...traditional].forEach((sign, at) => {
      this.simple.set(sign, short[at]);
      this.full.set(short[at], [...(this.full.get(short[at]) ?? []), sign]);
    });
    for (const [sign, signs] of this.full) if (own.has(sign)) signs.push(sign);
  }

  /** The other ways to write a text: in simplified signs, and in the traditional ones that these may stand for. */
  variants(text) {
    if (!this.simple || !HAN.test(text)) return [];
    const short = [...text].map((sign) => this.simple.get(sign) ?? sign);
    let full = [""];
    for (const sign of short) full = full.flatMap((begin) => (this.full.get(sign) ?? [sign]).map((one) => begin + one)).slice(0, MOST);
    return [...new Set([short.join(""), ...full])].filter((one) => one !== text).slice(0, MOST);
  }
}
