/** What was asked for certainly did not happen, and the message says why: it can be asked for anew. */
export class NotExecutedError extends Error {
  static {
    this.prototype.name = 'NotExecutedError'
  }
}
