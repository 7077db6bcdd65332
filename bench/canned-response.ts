/**
 * A ready answer with the address it came from, as every answer of a real `fetch` has one.
 *
 * Without an address the SDK leaves out work that it does for every answer of the service: it takes credentials out of
 * the address before it might be logged. A floor without that would be lower than the SDK's own.
 */
export class CannedResponse extends Response {
  override readonly url: string

  constructor(url: string, body: ConstructorParameters<typeof Response>[0], init: ResponseInit) {
    super(body, init)
    this.url = url
  }
}
