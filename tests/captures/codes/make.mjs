// Makes element_strings.txt and digital_links.txt anew: valid codes, and what two independent
// libraries say of them. See README.md.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const { parseBarcode } = require('gs1-barcode-parser-mod');
const { DigitalLink } = require('digital-link.js');
const GS = '\x1d';

// The same numbers each time (mulberry32).
let state = 33993;
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};
const one = (list) => list[random(list.length)];
const digits = (count) => Array.from({ length: count }, () => random(10)).join('');
const upTo = (most) => 1 + random(most);
const letters = (most) => {
  const set = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
  return Array.from({ length: upTo(most) }, () => one(set)).join('');
};
const checked = (body) => {
  let sum = 0;
  [...body].reverse().forEach((d, i) => { sum += Number(d) * (i % 2 ? 1 : 3); });
  return body + ((10 - (sum % 10)) % 10);
};
const two = (n) => String(n).padStart(2, '0');
const day = () => two(random(100)) + two(1 + random(12)) + two(1 + random(28));
const dayOrMonth = () => (random(4) ? day() : day().slice(0, 4) + '00');
const hourMinute = () => two(random(24)) + two(random(60));

// 7007 may hold two days as well; gs1-barcode-parser-mod takes the second for another AI.
const kinds = {
  '00': () => checked(digits(17)), '01': () => checked(digits(13)), '02': () => checked(digits(13)),
  10: () => letters(20), 11: dayOrMonth, 13: dayOrMonth, 15: dayOrMonth, 16: dayOrMonth,
  17: dayOrMonth, 20: () => digits(2), 21: () => letters(20), 22: () => letters(20),
  30: () => digits(upTo(8)), 37: () => digits(upTo(8)), 240: () => letters(30),
  241: () => letters(30), 250: () => letters(30), 400: () => letters(30), 420: () => letters(20),
  422: () => digits(3), 7002: () => letters(30), 7003: () => day() + hourMinute(), 7006: day,
  7007: day, 8005: () => digits(6),
  8008: () => day() + one([two(random(24)), hourMinute(), hourMinute() + two(random(60))]),
  8200: () => 'https://a.example/' + letters(20),
};
for (let n = 0; n <= 5; n += 1) kinds[`310${n}`] = kinds[`320${n}`] = () => digits(6);
for (let n = 0; n <= 3; n += 1) {
  kinds[`390${n}`] = kinds[`392${n}`] = () => digits(upTo(15));
  kinds[`391${n}`] = kinds[`393${n}`] = () => one(['156', '840', '978']) + digits(upTo(15));
  kinds[`394${n}`] = () => digits(4);
  kinds[`395${n}`] = () => digits(6);
}
for (let n = 410; n <= 415; n += 1) kinds[n] = () => checked(digits(12));
kinds[90] = () => letters(30);
for (let n = 91; n <= 99; n += 1) kinds[n] = () => letters(90);
const names = Object.keys(kinds);

// GS1 General Specifications 7.8: those of another length need a separator behind them.
const predefined = /^(0[0-4]|1[1-9]|20|3[1-6]|41)/;
const together = (a, b) => {
  const kind = (ai) => (/^3[1-69]/.test(ai) ? ai.slice(0, 2) : ai);
  const goods = (ai) => (['00', '01', '02', '37'].includes(ai) ? 'goods' : kind(ai));
  return goods(a) !== goods(b);
};

function elements(first) {
  const chosen = [first];
  for (let left = random(5); left > 0; left -= 1) {
    const ai = one(names);
    if (chosen.every((other) => together(ai, other))) chosen.push(ai);
  }
  if (chosen.every((other) => together('01', other))) chosen.unshift('01');
  return chosen.map((ai) => [ai, kinds[ai]()]);
}

function elementString(parts) {
  return parts.map(([ai, value], i) => {
    const last = i === parts.length - 1;
    return ai + value + (last || predefined.test(ai) ? '' : GS);
  }).join('');
}

const dates = { 11: 'production', 17: 'expiry', 15: 'best_before' };

/// What gs1-barcode-parser-mod says, or nothing if it refuses the string.
function saidOf(raw) {
  let items;
  try {
    items = parseBarcode(raw).parsedCodeItems;
  } catch {
    return undefined;
  }
  const fields = items.map(({ ai, raw: value }) => `${ai}=${value}`);
  for (const { ai, data, isoDate } of items) {
    if (dates[ai]) fields.push(`@${dates[ai]}=${isoDate}`);
    if (/^310/.test(ai)) fields.push(`@weight_mg=${Math.round(data * 1e6)}`);
  }
  return fields;
}

function lineOf(raw, fields) {
  return [raw, ...fields].join('\t').replaceAll(GS, '␝');
}

function makeElementStrings() {
  const lines = [];
  let refused = 0;
  for (let round = 0; round < 7; round += 1) {
    for (const ai of names) {
      const raw = one([']C1', ']e0', ']d2', ']Q3']) + elementString(elements(ai));
      const fields = saidOf(raw);
      if (fields) lines.push(lineOf(raw, fields));
      else refused += 1;
    }
  }
  return { lines, refused };
}

const attributes = ['11', '13', '15', '16', '17', '30', '3103', '3922', '422', '7003', '8008', '99'];

function makeDigitalLinks() {
  const lines = [];
  let refused = 0;
  for (let round = 0; round < 1000; round += 1) {
    const encoded = (ai) => encodeURIComponent(kinds[ai]());
    const pick = (list) => Object.fromEntries(
      list.filter(() => random(2)).map((ai) => [ai, encoded(ai)]));
    const link = DigitalLink({
      domain: one(['https://id.gs1.org', 'http://a.example', 'https://b.example/zh/goods']),
      identifier: { '01': kinds['01']() },
      keyQualifiers: pick(['22', '10', '21']),
      keyQualifiersOrder: [],
      sortKeyQualifiers: true,
      attributes: pick(attributes),
    });
    const raw = link.toWebUriString();
    let read;
    try {
      read = DigitalLink(raw);
    } catch {
      read = undefined;
    }
    if (!read || !read.isValid()) {
      refused += 1;
      continue;
    }
    const said = { ...read.getIdentifier(), ...read.getKeyQualifiers(), ...read.getAttributes() };
    lines.push(lineOf(raw, Object.entries(said).map(
      ([ai, value]) => `${ai}=${decodeURIComponent(value)}`)));
  }
  return { lines, refused };
}

for (const [file, made] of [['element_strings.txt', makeElementStrings()],
  ['digital_links.txt', makeDigitalLinks()]]) {
  const year = new Date().getFullYear();
  const head = `# Made by make.mjs in ${year}. ${made.lines.length} codes; ${made.refused} more are `
    + 'refused by the library.';
  writeFileSync(new URL(file, import.meta.url), [head, ...made.lines, ''].join('\n'));
  console.log(file, made.lines.length, 'refused', made.refused);
}
