/** A streamed reply ended before it was whole; what had come of it is worth nothing. */
export class StreamCutError extends Error {
  static {
    this.prototype.name = 'StreamCutError'
  }
}
