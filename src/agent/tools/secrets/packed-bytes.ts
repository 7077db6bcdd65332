import type { TextView } from './text-view.ts'

/** An encoding that packs bytes into letters, so many bits into each. */
interface Packing {
  readonly name: 'base64' | 'hex'
  readonly letters: RegExp
  readonly bits: number
  /** After so many letters a byte ends with a letter. */
  readonly period: number
}

/** With the letters of both alphabets of base64. */
const packings: readonly Packing[] = [
  { name: 'base64', letters: /[\w+/-]+/g, bits: 6, period: 4 },
  { name: 'hex', letters: /[\da-f]+/gi, bits: 4, period: 2 },
]

/**
 * The bytes that the runs of letters in a view may stand for, one character for each byte.
 *
 * Where the packed text begins within its run nobody knows, since what stands before it may be letters too: so a run
 * is read from each of its first letters on.
 *
 * @param leastBytes shorter runs are left out
 */
export function unpackedViews(view: TextView, leastBytes: number): TextView[] {
  return packings.flatMap((packing) =>
    [...view.text.matchAll(packing.letters)]
      .filter(([run]) => run.length * packing.bits >= leastBytes * 8)
      .flatMap(({ 0: run, index }) =>
        Array.from({ length: packing.period }, (_none, shift) =>
          unpacked(view, run.slice(shift), index + shift, packing),
        ),
      ),
  )
}

function unpacked(view: TextView, run: string, from: number, { name, bits }: Packing): TextView {
  return {
    text: Buffer.from(run, name).toString('latin1'),
    startOf: (byte) => view.startOf(from + Math.floor((byte * 8) / bits)),
    endOf: (byte) => view.endOf(from + Math.ceil(((byte + 1) * 8) / bits) - 1),
  }
}
