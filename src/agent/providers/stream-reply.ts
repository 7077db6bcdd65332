import { StreamCutError } from '../errors/stream-cut-error.ts'
import { withSilenceLimits } from '../resilience/silence-limit.ts'
import type { ModelReply } from './model-reply.ts'
import type { AttemptOptions } from './provider.ts'

/** Puts the events of one reply together, in the words of one provider. */
export interface StreamAssembly {
  /** Whether anything of a reply has come. */
  readonly isBegun: boolean
  /** Whether the reply has said why it ended. */
  readonly isFinished: boolean
  /** Whether its usage, which was asked for, is yet to come; then it comes behind the reply. */
  readonly awaitsUsage?: boolean
  /** Takes the next event; false where it is none of such a stream. */
  add(event: unknown): boolean
  /** What has come so far. */
  reply(): ModelReply
}

/** Usage that is due comes at once. */
const usageWaitMs = 1_000

/** How an SDK opens a stream and parses its events. */
export interface StreamSource {
  open(signal: AbortSignal): Promise<Response>
  parse(response: Response, controller: AbortController): AsyncIterable<unknown>
  /** Reads a reply that comes whole. */
  whole(json: unknown): ModelReply
}

/**
 * Asks for a streamed reply and puts it together; the SDK parses the events.
 *
 * A reply is whole once its finish reason has come, and then nothing more is waited for but usage that was asked for,
 * and that not long: whatever befalls the stream by then, the reply is there. A stream that ends before, breaks or
 * cannot be read is a failed attempt, whatever it has brought. Some gateways do not stream what is asked for as a
 * stream: what comes as JSON is read as such.
 *
 * @throws {StreamCutError} where the stream ended before the reply was whole or held something that is no event of it
 * @throws what the SDK raises for an error answer, an error frame and a broken connection
 */
export async function streamReply(
  source: StreamSource,
  assembly: StreamAssembly,
  { signal, onCut, onWhole, ...limits }: AttemptOptions,
): Promise<ModelReply> {
  let last: ReturnType<typeof setTimeout> | undefined
  try {
    return await withSilenceLimits(limits, signal, async (controller, heard) => {
      const response = await source.open(controller.signal)
      if (isJson(response)) return source.whole(await overheard(response, heard).json())
      for await (const event of source.parse(overheard(response, heard), controller)) {
        if (!assembly.add(event)) throw new StreamCutError('The stream held something that is no chunk of a reply.')
        if (!assembly.isFinished) continue
        // Waiting for the rest would let a time limit lose a reply that is there.
        if (!assembly.awaitsUsage) return assembly.reply()
        onWhole?.(assembly.reply())
        last ??= setTimeout(() => controller.abort(), usageWaitMs)
      }
      throw new StreamCutError('The stream ended before the reply was whole.')
    })
  } catch (thrown) {
    if (assembly.isFinished && !signal.aborted) return assembly.reply()
    const error = readable(thrown)
    const salvaged = assembly.isBegun ? onCut(assembly.reply(), error) : null
    if (salvaged) return salvaged
    throw error
  } finally {
    clearTimeout(last)
  }
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('application/json') === true
}

/** The same response, with a word for each piece of its body. */
function overheard(response: Response, heard: () => void): Response {
  const ear = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      heard()
      out.enqueue(piece)
    },
  })
  return new Response(response.body?.pipeThrough(ear) ?? null, { headers: response.headers })
}

/** The SDK raises a syntax error for an event that is not JSON: the stream is broken, not the reply wrong. */
function readable(thrown: unknown): Error {
  if (thrown instanceof SyntaxError) return new StreamCutError(thrown.message, { cause: thrown })
  return thrown instanceof Error ? thrown : new StreamCutError(String(thrown))
}
