import type { Socket } from 'node:net'
import type { ByteSource } from './byte-source.ts'
import { write } from './sink.ts'
import { connectTo, connected } from './upstream-connection.ts'

/** The connection to the service behind one client's connection, opened when it is first needed. */
export class UpstreamLink {
  readonly #origin: URL
  #source: ByteSource | undefined
  #connecting: Socket | undefined

  constructor(origin: URL) {
    this.#origin = origin
  }

  /** Whether the service has closed it. */
  get isEnded(): boolean {
    return this.#source?.isEnded === true
  }

  /** The connection, opened where there is none that can be used. Rejects where it does not come about. */
  async open(): Promise<ByteSource> {
    if (this.isEnded) this.drop()
    if (this.#source !== undefined) return this.#source
    this.#connecting = connectTo(this.#origin)
    return (this.#source = await connected(this.#connecting))
  }

  /** Closes it, also while it is being opened. */
  drop(): void {
    this.#connecting?.destroy()
    this.#source?.socket.destroy()
    this.#source = undefined
  }

  /** Between two requests, closes the client's connection when the service closes its own, as it would be without us. */
  watchIdle(client: ByteSource): () => void {
    const source = this.#source
    if (source === undefined) return () => {}
    const onEnd = (): void => void passOnEnd(source, client)
    source.socket.once('end', onEnd)
    source.socket.once('close', onEnd)
    return () => {
      source.socket.off('end', onEnd)
      source.socket.off('close', onEnd)
    }
  }
}

/** Some services say why they close. */
async function passOnEnd(source: ByteSource, client: ByteSource): Promise<void> {
  try {
    for (let bytes = await source.read(); bytes !== null; bytes = await source.read()) {
      await write(client.socket, bytes)
    }
  } catch {
    // A reset between two requests says no more than an end.
  }
  client.socket.end()
}
