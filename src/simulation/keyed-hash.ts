/** Four 32-bit words that depend on every character of a text. */
export type HashWords = readonly [number, number, number, number]

/**
 * Hashes a text into 128 bits, the same on every machine.
 *
 * Four multiplicative lanes with a final avalanche (the construction known as cyrb128); fast and well mixed,
 * not for secrets. Harness decisions are drawn from it, keyed by what is decided, so that a further fault or call
 * shifts nobody else's draw.
 */
export function keyedHash(text: string): HashWords {
  let one = 1779033703
  let two = 3144134277
  let three = 1013904242
  let four = 2773480762
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = two ^ Math.imul(one ^ code, 597399067)
    two = three ^ Math.imul(two ^ code, 2869860233)
    three = four ^ Math.imul(three ^ code, 951274213)
    four = one ^ Math.imul(four ^ code, 2716044179)
  }
  one = Math.imul(three ^ (one >>> 18), 597399067)
  two = Math.imul(four ^ (two >>> 22), 2869860233)
  three = Math.imul(one ^ (three >>> 17), 951274213)
  four = Math.imul(two ^ (four >>> 19), 2716044179)
  return [(one ^ two ^ three ^ four) >>> 0, (two ^ one) >>> 0, (three ^ one) >>> 0, (four ^ one) >>> 0]
}

/** A number in [0, 1) with 53 random bits, keyed by the parts. */
export function keyedUniform(...parts: readonly (string | number)[]): number {
  const [high, low] = keyedHash(parts.join('\u001f'))
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992
}

/** An unsigned 32-bit integer, keyed by the parts. */
export function keyedUint32(...parts: readonly (string | number)[]): number {
  return keyedHash(parts.join('\u001f'))[2]
}
