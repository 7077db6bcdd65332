import OpenAI from 'openai'
import { Stream } from 'openai/core/streaming'
import { clientPerKey } from '../client-per-key.ts'
import type { ModelProvider, ProviderAddress } from '../provider.ts'
import { streamReply } from '../stream-reply.ts'
import type { StreamSource } from '../stream-reply.ts'
import { openAiBody } from './openai-messages.ts'
import { readOpenAiReply } from './openai-reply.ts'
import { OpenAiStream } from './openai-stream.ts'

/** Opens an endpoint that speaks OpenAI's Chat Completions. */
export function openAiProvider({ apiKey, baseURL, streamUsage = false }: ProviderAddress): ModelProvider {
  const withClient = clientPerKey(
    apiKey,
    (key) => new OpenAI({ apiKey: key, baseURL, organization: null, project: null, maxRetries: 0, logLevel: 'off' }),
  )
  return {
    prepare(request) {
      const body = openAiBody(request)
      const usage = streamUsage ? { stream_options: { include_usage: true } } : {}
      const streamed = { ...body, stream: true as const, ...usage }
      return {
        body,
        streamed,
        send: (options) =>
          withClient(options.signal, async (client) => {
            const sdkOptions = { maxRetries: 0, timeout: options.headersMs }
            if (!options.stream) {
              options.watch?.sent(body)
              const json: unknown = await client.chat.completions.create(body, {
                ...sdkOptions,
                signal: options.signal,
              })
              options.watch?.answered(json)
              return () => readOpenAiReply(json)
            }
            options.watch?.sent(streamed)
            const source: StreamSource = {
              open: (signal) => client.chat.completions.create(streamed, { ...sdkOptions, signal }).asResponse(),
              parse: (response, controller) => Stream.fromSSEResponse<unknown>(response, controller, client),
              whole: readOpenAiReply,
            }
            const reply = await streamReply(source, new OpenAiStream(options.onDelta, streamUsage), options)
            options.watch?.answered(reply)
            return () => reply
          }),
      }
    },
  }
}
