import { NotExecutedError } from '../errors/not-executed-error.ts'

/** What is wrong with a use of memory. `store`: the store failed, and of what was to be written nothing is. */
export type MemoryErrorKind =
  'no_such_block' | 'read_only' | 'over_limit' | 'no_match' | 'ambiguous_match' | 'reserved_text' | 'store'

/** Memory was not changed; the message tells the model why and what to do. */
export class MemoryError extends NotExecutedError {
  static {
    this.prototype.name = 'MemoryError'
  }

  readonly kind: MemoryErrorKind

  constructor(kind: MemoryErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
