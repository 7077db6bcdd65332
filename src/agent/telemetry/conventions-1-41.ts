/**
 * The names of the OpenTelemetry GenAI semantic conventions that the agent uses, as of version 1.41.0.
 *
 * It is the last version of the conventions at large that has them, and what backends read. They are marked as in
 * development, have moved to a repository of their own since and are being renamed there; hence names of our own
 * keeping, by version, and not those of a package.
 *
 * Source: https://github.com/open-telemetry/semantic-conventions/tree/v1.41.0/docs/gen-ai (spans, agent spans, metrics)
 * Successor: https://github.com/open-telemetry/semantic-conventions-genai
 */
export const conventionsVersion = '1.41.0'

/** For those who open a tracer or meter: where the schema of the conventions is. */
export const schemaUrl = `https://opentelemetry.io/schemas/${conventionsVersion}`

/** Names of attributes. */
export const attribute = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  conversation: 'gen_ai.conversation.id',
  agentName: 'gen_ai.agent.name',
  agentVersion: 'gen_ai.agent.version',
  requestModel: 'gen_ai.request.model',
  requestMaxTokens: 'gen_ai.request.max_tokens',
  requestStream: 'gen_ai.request.stream',
  responseId: 'gen_ai.response.id',
  responseModel: 'gen_ai.response.model',
  finishReasons: 'gen_ai.response.finish_reasons',
  timeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheReadTokens: 'gen_ai.usage.cache_read.input_tokens',
  cacheWriteTokens: 'gen_ai.usage.cache_creation.input_tokens',
  reasoningTokens: 'gen_ai.usage.reasoning.output_tokens',
  tokenType: 'gen_ai.token.type',
  toolName: 'gen_ai.tool.name',
  toolCallId: 'gen_ai.tool.call.id',
  toolDescription: 'gen_ai.tool.description',
  toolType: 'gen_ai.tool.type',
  /** Those that follow hold what people and models said, and are recorded where that is asked for. */
  toolArguments: 'gen_ai.tool.call.arguments',
  toolResult: 'gen_ai.tool.call.result',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  errorType: 'error.type',
  serverAddress: 'server.address',
  serverPort: 'server.port',
} as const

/** Values of `gen_ai.operation.name`. */
export const operation = { agent: 'invoke_agent', chat: 'chat', tool: 'execute_tool' } as const

/** Instruments, their units, and the bounds of their buckets, in that unit. */
export const metric = {
  operationDuration: {
    name: 'gen_ai.client.operation.duration',
    unit: 's',
    bounds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
  },
  timeToFirstChunk: {
    name: 'gen_ai.client.operation.time_to_first_chunk',
    unit: 's',
    bounds: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
  },
  tokenUsage: {
    name: 'gen_ai.client.token.usage',
    unit: '{token}',
    bounds: [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
  },
} as const

/** The value of `error.type` for an error that has no name fit to be counted by. */
export const otherError = '_OTHER'
