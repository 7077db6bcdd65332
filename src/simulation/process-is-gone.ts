/**
 * Thrown out of code that waits for nothing and whose process is dead: it gets no further, as after a kill nothing does.
 * What becomes of the error is nobody's concern.
 */
export class ProcessIsGone extends Error {
  static {
    this.prototype.name = 'ProcessIsGone'
  }

  constructor() {
    super('the process that makes this call was killed')
  }
}
