/** An exact fraction; its denominator is above zero. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * The decimal fraction that somebody wrote, exactly: 0.95 is 95/100, not the binary number next to it.
 *
 * @param decimal finite; its shortest decimal form is taken for what was written
 */
export function fractionOf(decimal: number): Fraction {
  const [digits = '0', exponent = '0'] = String(decimal).split('e')
  const [whole = '0', places = ''] = digits.split('.')
  const power = Number(exponent) - places.length
  const numerator = BigInt(whole + places)
  return power >= 0
    ? { numerator: numerator * 10n ** BigInt(power), denominator: 1n }
    : { numerator, denominator: 10n ** BigInt(-power) }
}

/** What is missing to 1. */
export function complementOf({ numerator, denominator }: Fraction): Fraction {
  return { numerator: denominator - numerator, denominator }
}

/** The product of two fractions. */
export function times(one: Fraction, other: Fraction): Fraction {
  return { numerator: one.numerator * other.numerator, denominator: one.denominator * other.denominator }
}

/** Whether a fraction is at least another. */
export function isAtLeast(one: Fraction, other: Fraction): boolean {
  return one.numerator * other.denominator >= other.numerator * one.denominator
}

/** A fraction as the number nearest to it. */
export function numberOf({ numerator, denominator }: Fraction): number {
  if (numerator < 0n) return -numberOf({ numerator: -numerator, denominator })
  const divisor = greatestDivisor(numerator, denominator)
  const [over, under] = [numerator / divisor, denominator / divisor]
  if (isSafe(over) && isSafe(under)) return Number(over) / Number(under)
  // So many bits of the quotient that rounding them once more cannot go astray; the last one says whether more follow.
  const shift = BigInt(Math.max(0, 64 + bitsOf(under) - bitsOf(over)))
  const dividend = over << shift
  const quotient = (dividend / under) | (dividend % under === 0n ? 0n : 1n)
  return Number(quotient) / 2 ** Number(shift)
}

function greatestDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestDivisor(other, one % other)
}

function isSafe(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER)
}

function bitsOf(value: bigint): number {
  return value.toString(2).length
}
