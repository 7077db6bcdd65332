/** What a text says once something in it is decoded, and where each of its characters stands in the text as it is. */
export interface TextView {
  readonly text: string
  /** Where what stands for a character begins. */
  startOf(index: number): number
  /** Where what stands for a character has ended. */
  endOf(index: number): number
}

/** A text as it is. */
export function plainView(text: string): TextView {
  return { text, startOf: (index) => index, endOf: (index) => index + 1 }
}

/** A piece of a view: as it stands in the one below, or in the place of what stands there. */
interface Piece {
  /** Where it begins in the view. */
  readonly at: number
  readonly text: string
  /** What it stands for in the view below. */
  readonly from: number
  readonly to: number
}

/** Makes a view out of pieces of another one, some of which say something else than is written. */
export class ViewBuilder {
  readonly #below: TextView
  readonly #pieces: Piece[] = []
  #length = 0

  constructor(below: TextView) {
    this.#below = below
  }

  /** Takes over what stands from one index to before another, as it is, or as it is to be read. */
  add(from: number, to: number, text: string = this.#below.text.slice(from, to)): void {
    if (text.length === 0) return
    this.#pieces.push({ at: this.#length, text, from, to })
    this.#length += text.length
  }

  build(): TextView {
    const below = this.#below
    const pieces = this.#pieces
    const indices = (index: number): readonly [first: number, last: number] => {
      const { at, text, from, to } = pieceAt(pieces, index)
      const isCopied = text.length === to - from
      return isCopied ? [from + index - at, from + index - at] : [from, to - 1]
    }
    return {
      text: pieces.map(({ text }) => text).join(''),
      startOf: (index) => below.startOf(indices(index)[0]),
      endOf: (index) => below.endOf(indices(index)[1]),
    }
  }
}

/** The last one that does not begin behind the index. */
function pieceAt(pieces: readonly Piece[], index: number): Piece {
  let low = 0
  for (let high = pieces.length - 1; low < high;) {
    const middle = Math.ceil((low + high) / 2)
    if ((pieces[middle]?.at ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return pieces[low] ?? { at: 0, text: '', from: 0, to: 0 }
}
