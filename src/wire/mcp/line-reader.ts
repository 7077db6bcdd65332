/** Cuts what comes in pieces into lines, each without its line feed; bytes are decoded only when a line is whole. */
export class LineReader {
  readonly #onLine: (line: Buffer) => void
  #rest: Buffer = Buffer.alloc(0)

  constructor(onLine: (line: Buffer) => void) {
    this.#onLine = onLine
  }

  push(bytes: Buffer): void {
    let from = 0
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      this.#onLine(Buffer.concat([this.#rest, bytes.subarray(from, at)]))
      this.#rest = Buffer.alloc(0)
      from = at + 1
    }
    this.#rest = Buffer.concat([this.#rest, bytes.subarray(from)])
  }

  /** What came after the last line feed. */
  end(): Buffer {
    const rest = this.#rest
    this.#rest = Buffer.alloc(0)
    return rest
  }
}
