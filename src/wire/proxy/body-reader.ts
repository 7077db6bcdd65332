/** What bytes of a connection are to the body of a message. */
export interface BodyPart {
  /** How many of the bytes belong to the body; the others are of the next message. */
  readonly taken: number
  /** The content in them, without its framing. */
  readonly data: readonly Buffer[]
}

/** Follows the body of one message, to know where it ends. */
export interface BodyReader {
  readonly isDone: boolean
  /** @throws {MalformedBody} for a framing that is none */
  take(bytes: Buffer): BodyPart
}

/** The framing of a body is none of HTTP's. */
export class MalformedBody extends Error {
  static {
    this.prototype.name = 'MalformedBody'
  }
}
