import * as fc from 'fast-check'
import { z } from 'zod'
import type { UpstreamCall } from '../../wire/interference.ts'
import type { RpcError } from '../../wire/mcp/json-rpc.ts'
import { httpError, mcpError } from '../../wire/mcp/mcp-answer.ts'
import { legacyVersions } from '../../wire/mcp/protocol.ts'
import type { AnyMember, Budget, Effect } from '../catalogue-member.ts'
import {
  askedIn,
  everyRequest,
  laterRequests,
  requestOf,
  resourceReads,
  sessionRequests,
  toolCalls,
} from './mcp-calls.ts'
import { mcpMember, mcpSdk } from './mcp-member.ts'

const none = z.strictObject({})

/** Errors with which an MCP server answers, in the words and codes of the protocol. */
export const mcpErrorMembers: readonly AnyMember[] = [
  rpcMember('parse', 'agent', { code: -32_700, message: 'Parse error' }),
  rpcMember('invalid_request', 'agent', { code: -32_600, message: 'Invalid Request' }),
  rpcMember('method_not_found', 'tool', { code: -32_601, message: 'Method not found' }),
  rpcMember('invalid_params', 'agent', { code: -32_602, message: 'Invalid params' }),
  rpcMember('internal', 'tool', { code: -32_603, message: 'Internal error' }),
  mcpMember({
    id: 'mcp.unknown_tool',
    among: toolCalls,
    bookedOn: 'tool',
    summary: 'the call of a tool is refused with −32602: there is no such tool, or it is disabled',
    source: `${mcpSdk} mcp.ts`,
    parameters: z.strictObject({
      why: z.enum(['not found', 'disabled']).default('not found').describe('what the server says of the tool'),
    }),
    arbitrary: fc.record({ why: fc.constantFrom('not found' as const, 'disabled' as const) }),
    strike: (call, { why }) =>
      refusal(call, { code: -32_602, message: `Tool ${askedIn(call).tool?.name ?? ''} ${why}` }),
  }),
  mcpMember({
    id: 'mcp.resource',
    among: resourceReads,
    bookedOn: 'tool',
    summary:
      'the reading of a resource is refused: there is none, −32602 as the protocol has it now or −32002 as older servers say',
    source: `${mcpSdk} enums.ts`,
    parameters: z.strictObject({
      code: z
        .union([z.literal(-32_602), z.literal(-32_002)])
        .default(-32_602)
        .describe('code of the error'),
    }),
    arbitrary: fc.record({ code: fc.constantFrom(-32_602 as const, -32_002 as const) }),
    strike(call, { code }) {
      const { uri = '' } = requestOf(call)?.params ?? {}
      return refusal(call, { code, message: `Resource not found: ${uri as string}`, data: { uri } })
    },
  }),
  mcpMember({
    id: 'mcp.caps',
    among: laterRequests,
    bookedOn: 'agent',
    summary: 'the server demands a capability that the client has not declared, −32021',
    source: `revision 2026-07-28; ${mcpSdk} errors.ts`,
    parameters: z.strictObject({
      capability: z.enum(['sampling', 'elicitation', 'roots']).default('sampling').describe('what the server demands'),
    }),
    arbitrary: fc.record({
      capability: fc.constantFrom('sampling' as const, 'elicitation' as const, 'roots' as const),
    }),
    strike: (call, { capability }) =>
      refusal(call, {
        code: -32_021,
        message: `Missing required client capabilities: ${capability}`,
        data: { requiredCapabilities: { [capability]: {} } },
      }),
  }),
  mcpMember({
    id: 'mcp.version',
    among: everyRequest,
    bookedOn: 'tool',
    summary: 'the server no longer speaks the revision of the request, −32022, and names the one that it speaks',
    source: `revision 2026-07-28; ${mcpSdk} errors.ts`,
    parameters: z.strictObject({
      supported: z.string().min(1).default('2024-11-05').describe('the revision that the server speaks'),
    }),
    arbitrary: fc.record({ supported: fc.constantFrom('2024-11-05', '2025-06-18', '2027-01-01') }),
    strike(call, { supported }) {
      const requested = versionOf(call)
      const message = `Unsupported protocol version: ${requested}`
      return refusal(call, { code: -32_022, message, data: { supported: [supported], requested } })
    },
  }),
  mcpMember({
    id: 'mcp.url_elicit',
    among: toolCalls,
    bookedOn: 'agent',
    summary: 'the tool cannot go on before the user has visited an address, −32042',
    source: `revision 2025-11-25, URL mode elicitation; ${mcpSdk} errors.ts`,
    parameters: z.strictObject({
      url: z.url().default('https://accounts.example.com/authorize').describe('where the user is sent'),
    }),
    arbitrary: fc.constant({ url: 'https://accounts.example.com/authorize' }),
    strike: (call, { url }) =>
      refusal(call, {
        code: -32_042,
        message: 'URL elicitation required',
        data: { elicitations: [{ mode: 'url', elicitationId: 'elicitation-1', url, message: 'Sign in to continue.' }] },
      }),
  }),
  mcpMember({
    id: 'mcp.session',
    seams: ['http'],
    among: sessionRequests,
    bookedOn: 'tool',
    summary:
      'the server knows nothing of the session: 404 with −32001, or 400 with −32000 where it did not see the header',
    source: `${mcpSdk} streamableHttp.ts and its examples`,
    parameters: z.strictObject({
      status: z
        .union([z.literal(404), z.literal(400)])
        .default(404)
        .describe('HTTP status'),
    }),
    arbitrary: fc.record({ status: fc.constantFrom(404 as const, 400 as const) }),
    strike: (_call, { status }) => ({ instead: () => httpError(status, sessionErrors[status]) }),
  }),
  mcpMember({
    id: 'mcp.ratelimit',
    among: laterRequests,
    bookedOn: 'tool',
    summary: 'the server is called too often and says for how long to wait, in the words of an error −32000',
    source: 'mcp-chaos rate limit',
    parameters: z.strictObject({
      retryAfterSeconds: z.int().min(0).max(3_600).default(5).describe('seconds to wait'),
    }),
    arbitrary: fc.record({ retryAfterSeconds: fc.constantFrom(1, 5, 30) }),
    strike: (call, { retryAfterSeconds }) =>
      refusal(call, { code: -32_000, message: `Rate limit exceeded, retry after ${retryAfterSeconds}s` }),
  }),
]

const sessionErrors: Readonly<Record<400 | 404, RpcError>> = {
  404: { code: -32_001, message: 'Session not found' },
  400: { code: -32_000, message: 'Bad Request: Session ID required' },
}

function rpcMember(name: string, bookedOn: Budget, error: RpcError): AnyMember {
  return mcpMember({
    id: `mcp.rpc.${name}`,
    among: laterRequests,
    bookedOn,
    summary: `the request is answered with the JSON-RPC error ${String(error.code).replace('-', '−')}, "${error.message}"`,
    source: `JSON-RPC 2.0 section 5.1; ${mcpSdk} enums.ts`,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => refusal(call, error),
  })
}

/** Answers in the server's place, which sees nothing of the request. */
function refusal(call: UpstreamCall, error: RpcError): Effect {
  return { instead: () => mcpError(askedIn(call), error) }
}

/** The revision in which a client speaks. */
function versionOf(call: UpstreamCall): string {
  const asked = requestOf(call)?.params['protocolVersion']
  const spoken = askedIn(call).version ?? asked ?? call.request.header('mcp-protocol-version')
  return typeof spoken === 'string' ? spoken : (legacyVersions[0] ?? '')
}
