/** A tool's back end answered with a status that is no success; it carries what a retry needs to decide. */
export class ToolHttpError extends Error {
  static {
    this.prototype.name = 'ToolHttpError'
  }

  readonly status: number
  readonly headers: Headers
  readonly body: string

  constructor(status: number, headers: Headers, body: string) {
    super(`the service answered with status ${status}`)
    this.status = status
    this.headers = headers
    this.body = body
  }
}
