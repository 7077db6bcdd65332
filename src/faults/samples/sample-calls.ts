import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { anthropicMessages } from '../../wire/anthropic/anthropic-messages.ts'
import { approvalService } from '../../wire/approval-service.ts'
import { bedrockConverse } from '../../wire/bedrock/bedrock-converse.ts'
import type { Dialect } from '../../wire/dialect.ts'
import type { ModelScript, ScriptedReply } from '../../wire/model-script.ts'
import { geminiGenerateContent } from '../../wire/google/gemini-generate-content.ts'
import { openAiResponses } from '../../wire/openai-responses/openai-responses.ts'
import { openAiChat } from '../../wire/openai/openai-chat.ts'
import { policyService } from '../../wire/policy-service.ts'
import { toolBackend, toolResult } from '../../wire/tool-backend.ts'
import type { Upstream } from '../../wire/upstream.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { fiveOrders, mcpSampleCalls } from './mcp-sample-calls.ts'
import type { SampleCall } from './sample-call.ts'

/** What the model says: with a character of more than one byte, in an answer; or a call of the one tool there is. */
const said: Readonly<Record<'an answer' | 'a tool call', ScriptedReply>> = {
  'an answer': { content: 'You get 10 € back, by card.' },
  'a tool call': { toolCalls: [{ name: 'issue_refund', arguments: { orderId: 'A-1', amountCents: 1_000 } }] },
}
const question = 'I want my money back for the order A-1.'
const parameters = {
  type: 'object',
  properties: { orderId: { type: 'string' }, amountCents: { type: 'integer' } },
  required: ['orderId'],
}
const tool = { name: 'issue_refund', description: 'Refunds an order.' }
const messages = [{ role: 'user', content: question }]
/** A conversation in which the tool has been called before. */
const calledBefore = [
  ...messages,
  {
    role: 'assistant',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: tool.name, arguments: '{"orderId":"A-1"}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: '{"refunded":"A-1"}' },
]

const bedrock = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0'
const gemini = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash'

interface Endpoint {
  readonly url: string
  /** Where streams are asked for by the address; else by a field of the body. */
  readonly streamUrl?: string
  readonly open: (script: ModelScript) => Upstream
  readonly body: object
  /** A conversation with a call of the tool and its result, where one is needed to show a fault. */
  readonly laterBody?: object
}

/** How a conversation of each dialect begins. */
const endpoints: Readonly<Partial<Record<Dialect, Endpoint>>> = {
  'openai.chat': {
    url: 'https://api.openai.com/v1/chat/completions',
    open: (script) => openAiChat({ script }),
    body: { model: 'gpt-5', messages, tools: [{ type: 'function', function: { ...tool, parameters } }] },
    laterBody: { model: 'gpt-5', messages: calledBefore },
  },
  'openai.responses': {
    url: 'https://api.openai.com/v1/responses',
    open: (script) => openAiResponses({ script }),
    body: { model: 'gpt-5', input: messages, tools: [{ type: 'function', ...tool, parameters, strict: false }] },
  },
  'anthropic.messages': {
    url: 'https://api.anthropic.com/v1/messages',
    open: (script) => anthropicMessages({ script }),
    body: { model: 'claude-opus-5', max_tokens: 1_024, messages, tools: [{ ...tool, input_schema: parameters }] },
  },
  'bedrock.converse': {
    url: `${bedrock}/converse`,
    streamUrl: `${bedrock}/converse-stream`,
    open: (script) => bedrockConverse({ script }),
    body: {
      messages: [{ role: 'user', content: [{ text: question }] }],
      toolConfig: { tools: [{ toolSpec: { ...tool, inputSchema: { json: parameters } } }] },
    },
  },
  'google.gemini': {
    url: `${gemini}:generateContent`,
    streamUrl: `${gemini}:streamGenerateContent?alt=sse`,
    open: (script) => geminiGenerateContent({ script }),
    body: {
      contents: [{ role: 'user', parts: [{ text: question }] }],
      tools: [{ functionDeclarations: [{ ...tool, parameters }] }],
    },
  },
}

const refund = { orderId: 'A-1', amountCents: 1_000 }
const refundUrl = 'https://shop.test/refunds'
const policyUrl = 'https://policy.test/v1/data/agent'
const approvalUrl = 'https://approvals.test/requests'

/** A call of each upstream that is no model. */
const services: Readonly<Partial<Record<UpstreamKind, SampleCall | readonly SampleCall[]>>> = {
  tool: [
    {
      words: 'a refund at the back end of a tool',
      upstream: () =>
        toolBackend({ tool: tool.name, method: 'POST', url: refundUrl, handle: () => toolResult({ refunded: 'A-1' }) }),
      request: post(refundUrl, refund),
    },
    {
      words: 'five refunds at the back end of a tool',
      upstream: () =>
        toolBackend({
          tool: tool.name,
          method: 'POST',
          url: refundUrl,
          handle: ({ arguments: { orderIds = [] } }) => toolResult({ refunded: orderIds }),
        }),
      request: post(refundUrl, { orderIds: fiveOrders }),
    },
  ],
  policy: ['a call that is denied', 'a call that is allowed'].map((words, index) => ({
    words: `${words}, at the engine that says so`,
    upstream: () => policyService({ url: policyUrl, decide: () => index > 0 }),
    request: post(policyUrl, { input: { tool: tool.name, arguments: refund } }),
  })),
  approval: {
    words: 'a gated call, at the service that approves',
    upstream: () => approvalService({ url: approvalUrl, decide: () => 'approved' }),
    request: post(approvalUrl, { tool: tool.name, arguments: refund }),
  },
}

/** The calls on which a member may show itself, the plainest first; none where it has no bytes to show. */
export function sampleCalls({ family, targets, dialects = ['openai.chat'], seams }: AnyMember): readonly SampleCall[] {
  if (seams?.includes('http') === false || family === 'clock' || family === 'process') return []
  return targets.flatMap((kind) => {
    if (kind === 'model') return dialects.flatMap(modelCalls)
    if (kind === 'mcp') return mcpSampleCalls
    return services[kind] ?? []
  })
}

function modelCalls(dialect: Dialect): readonly SampleCall[] {
  const endpoint = endpoints[dialect]
  if (endpoint === undefined) return []
  const { url, streamUrl, open, body, laterBody } = endpoint
  const calls = [false, true].flatMap((stream) =>
    (['an answer', 'a tool call'] as const).map((what) => ({
      words: `${what} of ${dialect}, ${stream ? 'streamed' : 'whole'}`,
      upstream: () => open(() => said[what]),
      request: streamUrl === undefined ? post(url, { ...body, stream }) : post(stream ? streamUrl : url, body),
    })),
  )
  if (laterBody === undefined) return calls
  const upstream = () => open(() => said['an answer'])
  return [
    ...calls,
    { words: `an answer of ${dialect} to the result of a tool`, upstream, request: post(url, laterBody) },
  ]
}

function post(url: string, body: object): NetworkRequest {
  const headers = new Headers({
    'content-type': 'application/json',
    authorization: 'Bearer sk-sample',
    'x-api-key': 'sk-sample',
    'anthropic-version': '2023-06-01',
  })
  const text = JSON.stringify(body)
  return { method: 'POST', url, header: (name) => headers.get(name), headers: () => headers, body: text, signal: null }
}
