/**
 * A decimal in whole millionths, exactly; null for what is none, is negative, or has more than six digits after the point.
 *
 * A number is read by the digits it is written in: 0.1 is a tenth, and not the binary fraction next to it.
 */
export function decimalInMillionths(value: string | number): bigint | null {
  const found = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(String(value))
  if (found === null) return null
  const [, whole = '', fraction = ''] = found
  return BigInt(whole + fraction.padEnd(6, '0'))
}
