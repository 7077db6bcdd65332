import Anthropic from '@anthropic-ai/sdk'
import { Stream } from '@anthropic-ai/sdk/core/streaming'
import { clientPerKey } from '../client-per-key.ts'
import type { ModelProvider, ProviderAddress } from '../provider.ts'
import { streamReply } from '../stream-reply.ts'
import type { StreamSource } from '../stream-reply.ts'
import { anthropicBody } from './anthropic-messages.ts'
import { readAnthropicReply } from './anthropic-reply.ts'
import { AnthropicStream } from './anthropic-stream.ts'

/** Opens an endpoint that speaks Anthropic's Messages. */
export function anthropicProvider({ apiKey, baseURL }: ProviderAddress): ModelProvider {
  const withClient = clientPerKey(
    apiKey,
    (key) => new Anthropic({ apiKey: key, authToken: null, baseURL, maxRetries: 0, logLevel: 'off' }),
  )
  return {
    prepare(request) {
      const body = anthropicBody(request)
      const streamed = { ...body, stream: true as const }
      return {
        body,
        streamed,
        send: (options) =>
          withClient(options.signal, async (client) => {
            const sdkOptions = { maxRetries: 0, timeout: options.headersMs }
            if (!options.stream) {
              options.watch?.sent(body)
              const json: unknown = await client.messages.create(body, { ...sdkOptions, signal: options.signal })
              options.watch?.answered(json)
              return () => readAnthropicReply(json)
            }
            options.watch?.sent(streamed)
            const source: StreamSource = {
              open: (signal) => client.messages.create(streamed, { ...sdkOptions, signal }).asResponse(),
              parse: (response, controller) => Stream.fromSSEResponse<unknown>(response, controller, client),
              whole: readAnthropicReply,
            }
            const reply = await streamReply(source, new AnthropicStream(options.onDelta), options)
            options.watch?.answered(reply)
            return () => reply
          }),
      }
    },
  }
}
