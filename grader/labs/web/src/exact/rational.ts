/** Exact rational numbers: a BigInt over a positive BigInt, in lowest terms. */

export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a;
}

/** Return n / d in lowest terms; d is not 0. */
export function ratio(n: bigint, d = 1n): Rational {
  if (d < 0n) [n, d] = [-n, -d];
  const shared = gcd(abs(n), d);
  return shared > 1n ? { n: n / shared, d: d / shared } : { n, d };
}

export const ZERO = ratio(0n);
export const ONE = ratio(1n);

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i;

/** Return the number that "-2", "0.1", "1e-3" or "1/3" writes, null if the text is none. */
export function parse(text: string): Rational | null {
  const [numerator = "", denominator] = text.split("/", 2);
  if (denominator !== undefined) {
    const whole = /^[+-]?\d+$/.test(numerator) && /^\d+$/.test(denominator);
    return whole && BigInt(denominator) ? ratio(BigInt(numerator), BigInt(denominator)) : null;
  }
  const found = DECIMAL.exec(text);
  if (!found) return null;
  const [, sign, whole = "", part = "", exponent = "0"] = found;
  if (!whole && !part) return null;
  const power = Number(exponent) - part.length;
  const digits = BigInt(whole + part) * (sign === "-" ? -1n : 1n);
  return power < 0 ? ratio(digits, 10n ** BigInt(-power)) : ratio(digits * 10n ** BigInt(power));
}

/** Return the number that a text of our own writes; throws where it writes none. */
export function exact(text: string): Rational {
  const number = parse(text);
  if (!number) throw new Error(`not a number: ${text}`);
  return number;
}

export const add = (a: Rational, b: Rational): Rational => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const sub = (a: Rational, b: Rational): Rational => ratio(a.n * b.d - b.n * a.d, a.d * b.d);
export const mul = (a: Rational, b: Rational): Rational => ratio(a.n * b.n, a.d * b.d);
export const div = (a: Rational, b: Rational): Rational => ratio(a.n * b.d, a.d * b.n);
export const neg = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const size = (a: Rational): Rational => ({ n: abs(a.n), d: a.d });
export const sign = (a: Rational): number => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
export const cmp = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
};
export const eq = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const max = (a: Rational, b: Rational): Rational => (cmp(a, b) < 0 ? b : a);
export const min = (a: Rational, b: Rational): Rational => (cmp(b, a) < 0 ? b : a);
/** Tell whether two numbers are at most so far apart. */
export const isWithin = (a: Rational, b: Rational, reach: Rational): boolean => cmp(size(sub(a, b)), reach) <= 0;
export const sum = (numbers: readonly Rational[]): Rational => numbers.reduce(add, ZERO);

/** Return n or n/d as Python's Fraction writes it. */
export const fraction = (a: Rational): string => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);

/** Return a double near the number, for drawing alone: nothing is decided by it. */
export function approximate(a: Rational): number {
  const plain = Number(a.n) / Number(a.d);
  if (Number.isFinite(plain)) return plain;
  const shift = 1n << BigInt(Math.max(0, abs(a.d).toString(2).length - 1000));
  return Number(a.n / shift) / Number(a.d / shift);
}

/** Return the whole number at or below a. */
export function floor(a: Rational): bigint {
  const whole = a.n / a.d;
  return a.n < 0n && whole * a.d !== a.n ? whole - 1n : whole;
}

/** Return the nearest whole number, halves upward. */
export const round = (a: Rational): bigint => floor(add(a, ratio(1n, 2n)));

/** Return a decimal of at most so many places, cut towards 0, without zeros at its end. */
export function decimal(a: Rational, places: number): string {
  const scale = 10n ** BigInt(places);
  const scaled = (abs(a.n) * scale) / a.d;
  const part = places ? (scaled % scale).toString().padStart(places, "0").replace(/0+$/, "") : "";
  const text = `${scaled / scale}${part ? `.${part}` : ""}`;
  return a.n < 0n && scaled ? `-${text}` : text;
}

/** Return the decimal that equals the number exactly, null where none has so few digits. */
export function terminating(a: Rational, places = 15): string | null {
  const text = decimal(a, places);
  return eq(exact(text), a) ? text : null;
}
