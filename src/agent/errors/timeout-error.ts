/** A call was cut because its time was up; whether the other side acted on it is unknown. */
export class TimeoutError extends Error {
  static {
    this.prototype.name = 'TimeoutError'
  }

  constructor(what: string, limitMs: number) {
    super(`${what} did not answer within ${limitMs} ms.`)
  }
}
