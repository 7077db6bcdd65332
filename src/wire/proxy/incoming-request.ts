import type { BodyReader } from './body-reader.ts'
import { bodyReader } from './body-extent.ts'
import type { ByteSource } from './byte-source.ts'
import type { Forwarded } from './destination.ts'
import { headerValue } from './message-head.ts'
import type { RequestHead } from './request-head.ts'
import { write } from './sink.ts'

/** The client ended before its request did. */
export class RequestCut extends Error {
  static {
    this.prototype.name = 'RequestCut'
  }
}

/** A request on its way: its head is known, its body is read when somebody wants it. */
export class IncomingRequest {
  readonly head: RequestHead
  readonly path: string
  readonly #forwarded: Buffer
  readonly #client: ByteSource
  readonly #body: BodyReader
  /** What was read of the body before it was sent on, with its framing and without. */
  readonly #raw: Buffer[] = []
  readonly #content: Buffer[] = []
  #isContinued = false

  constructor(head: RequestHead, { path, head: bytes }: Forwarded, client: ByteSource) {
    this.head = head
    this.path = path
    this.#forwarded = bytes
    this.#client = client
    this.#body = bodyReader(head.body)
  }

  /** Whether the proxy itself has told the client to send its body, so that the upstream's word would be a second. */
  get isContinued(): boolean {
    return this.#isContinued
  }

  /** Reads the whole body as text; null where it is longer than the most that is read. */
  async readText(maxBytes: number): Promise<string | null> {
    let bytes = 0
    while (!this.#body.isDone && bytes <= maxBytes) bytes += (await this.#readPart()).length
    return this.#body.isDone ? Buffer.concat(this.#content).toString() : null
  }

  /** Reads what is left of the body and forgets it. */
  async discardBody(): Promise<void> {
    while (!this.#body.isDone) {
      await this.#readPart()
      this.#raw.length = 0
      this.#content.length = 0
    }
  }

  /**
   * Sends the request on, the body as it comes.
   *
   * @param isIdentityAsked whether the upstream is asked not to compress its answer, for it will be read
   */
  async sendTo(upstream: ByteSource, isIdentityAsked: boolean): Promise<void> {
    const { socket } = upstream
    await write(socket, isIdentityAsked ? withIdentity(this.#forwarded) : this.#forwarded)
    for (const bytes of this.#raw) await write(socket, bytes)
    while (!this.#body.isDone) await write(socket, await this.#take())
  }

  async #readPart(): Promise<Buffer> {
    if (this.#raw.length === 0 && !this.#isContinued && this.#expectsContinue()) {
      this.#isContinued = true
      await write(this.#client.socket, 'HTTP/1.1 100 Continue\r\n\r\n')
    }
    const bytes = await this.#take(this.#content)
    this.#raw.push(bytes)
    return bytes
  }

  async #take(content?: Buffer[]): Promise<Buffer> {
    const bytes = await this.#client.read()
    if (bytes === null) throw new RequestCut('the client ended before its request did')
    const { taken, data } = this.#body.take(bytes)
    content?.push(...data)
    this.#client.unread(bytes.subarray(taken))
    return bytes.subarray(0, taken)
  }

  #expectsContinue(): boolean {
    return this.head.version === '1.1' && headerValue(this.head.headers, 'expect')?.toLowerCase() === '100-continue'
  }
}

function withIdentity(head: Buffer): Buffer {
  return Buffer.from(head.toString('latin1').replace(/^(accept-encoding:)[^\r\n]*/im, '$1 identity'), 'latin1')
}
