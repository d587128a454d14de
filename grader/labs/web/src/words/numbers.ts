/** Numbers as the report writes them: exactly where that is short, else rounded, with "about". */

import { eq, exact, fraction, mul, ratio, sign, size, terminating, type Rational } from "../exact/rational";

const PLAIN_DECIMALS = 6;
const PLAIN_DENOMINATOR = 12n;
const PLAIN_SIZE = 10n ** 12n;
const MANTISSA = 56; // bits, three more than a double keeps

/** Return the number as a person would write it; one that reads like `unlike` gets more digits. */
export function number(value: Rational, unlike?: Rational): string {
  if (size(value).n < PLAIN_SIZE * value.d) {
    const plain = terminating(value, PLAIN_DECIMALS);
    if (plain !== null) return plain;
    if (value.d <= PLAIN_DENOMINATOR) return fraction(value);
  }
  const double = toDouble(value);
  if (!Number.isFinite(double)) return "a number too large to write";
  let text = "";
  for (let digits = 6; digits < 18; digits += 1) {
    text = rounded(double, digits);
    if (!unlike || !eq(exact(text), unlike)) break;
  }
  return `about ${text}`;
}

const bits = (n: bigint): number => n.toString(2).length;

/** Return the nearest double: the division goes on to a bit that says whether anything is left. */
export function toDouble(value: Rational): number {
  const { n, d } = size(value);
  const shift = MANTISSA + bits(d) - bits(n);
  const [above, below] = shift > 0 ? [n << BigInt(shift), d] : [n, d << BigInt(-shift)];
  const quotient = (above / below) | (above % below ? 1n : 0n);
  const half = Math.trunc(shift / 2); // 2 ** shift alone may be too large
  return sign(value) * ((Number(quotient) / 2 ** half) / 2 ** (shift - half));
}

/** Return the double's own value. */
function exactly(double: number): Rational {
  let twos = 0n;
  for (; !Number.isInteger(double); twos += 1n) double *= 2;
  return ratio(BigInt(double), 2n ** twos);
}

/** Return the double with so many digits at most, as "%g" writes it: halves go to the even digit. */
export function rounded(double: number, digits: number): string {
  const value = size(exactly(double));
  const minus = double < 0 ? "-" : "";
  let exponent = Number(double.toExponential(16).split("e")[1]);
  let scaled = atScale(value, digits - 1 - exponent);
  if (scaled.toString().length > digits) {
    exponent += 1;
    scaled = atScale(value, digits - 1 - exponent);
  }
  const text = scaled.toString().replace(/0+$/, "") || "0";
  if (exponent < -4 || exponent >= digits) {
    const part = text.length > 1 ? `.${text.slice(1)}` : "";
    const power = String(Math.abs(exponent)).padStart(2, "0");
    return `${minus}${text[0] ?? ""}${part}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  if (exponent < 0) return `${minus}0.${"0".repeat(-exponent - 1)}${text}`;
  const whole = text.padEnd(exponent + 1, "0");
  const part = whole.slice(exponent + 1);
  return `${minus}${whole.slice(0, exponent + 1)}${part ? `.${part}` : ""}`;
}

/** Return the whole number nearest to value * 10**power, of two the even one. */
function atScale(value: Rational, power: number): bigint {
  const { n, d } = power < 0 ? mul(value, ratio(1n, 10n ** BigInt(-power))) : mul(value, ratio(10n ** BigInt(power)));
  const [whole, twice] = [n / d, 2n * (n % d)];
  return twice > d || (twice === d && whole % 2n) ? whole + 1n : whole;
}
