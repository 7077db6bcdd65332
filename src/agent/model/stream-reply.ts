import type OpenAI from 'openai'
import { Stream } from 'openai/core/streaming'
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import type { SilenceLimits } from '../resilience/silence-limit.ts'
import { withSilenceLimits } from '../resilience/silence-limit.ts'
import type { AssembledReply } from './stream-assembly.ts'
import { StreamAssembly } from './stream-assembly.ts'
import { StreamCutError } from '../errors/stream-cut-error.ts'

/** What to make of a stream that broke off: a reply after all, or null for a failed attempt. */
export type OnCutStream = (partial: AssembledReply, error: Error) => AssembledReply | null

/** Nothing of a reply that is not whole is used: half an answer misleads, and half a tool call is another call. */
export const dropCutStream: OnCutStream = () => null

/** How one streamed attempt is made. */
export interface StreamOptions extends SilenceLimits {
  readonly signal: AbortSignal
  readonly maxRetries: number
  /** Milliseconds to the response headers. */
  readonly timeout: number
  readonly onCut: OnCutStream
}

/**
 * Asks for a streamed reply and puts it together; the SDK parses the events.
 *
 * A reply is whole once its finish reason has come, and then nothing more is waited for. A stream that ends before,
 * breaks or cannot be read is a failed attempt, whatever it has brought.
 *
 * @throws {StreamCutError} where the stream ended before the reply was whole or held something that is no chunk
 * @throws what the SDK raises for an error answer, an error frame and a broken connection
 */
export async function streamReply(
  client: OpenAI,
  request: ChatCompletionCreateParamsNonStreaming,
  { signal, onCut, maxRetries, timeout, ...limits }: StreamOptions,
): Promise<AssembledReply> {
  const assembly = new StreamAssembly()
  try {
    return await withSilenceLimits(limits, signal, async (controller, heard) => {
      const options = { maxRetries, timeout, signal: controller.signal }
      const response = await client.chat.completions.create({ ...request, stream: true }, options).asResponse()
      const events = Stream.fromSSEResponse<unknown>(overheard(response, heard), controller, client)
      for await (const event of events) {
        if (!assembly.add(event)) throw new StreamCutError('The stream held something that is no chunk of a reply.')
        // Waiting for the rest would let a time limit lose a reply that is there.
        if (assembly.isFinished) return assembly.reply()
      }
      throw new StreamCutError('The stream ended before the reply was whole.')
    })
  } catch (thrown) {
    const error = readable(thrown)
    const salvaged = assembly.isBegun ? onCut(assembly.reply(), error) : null
    if (salvaged) return salvaged
    throw error
  }
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
