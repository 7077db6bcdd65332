import * as fc from 'fast-check'
import { z } from 'zod'
import type { Reply, TransportFailure } from '../../wire/reply.ts'
import { bodyText } from '../../wire/reply.ts'
import { isEventStream } from '../../wire/sse/event-stream-reply.ts'
import { dataFrame } from '../../wire/sse/server-sent-events.ts'
import type { AnyMember, Effect } from '../catalogue-member.ts'
import { laterRequests, toolCalls } from './mcp-calls.ts'
import { mcpMember, mcpSdk } from './mcp-member.ts'

const closings = ['exit', 'half', 'noise'] as const
const closed: TransportFailure = { failure: 'UND_ERR_SOCKET', message: 'other side closed' }

/** A log line as programs print them that know nothing of the protocol on their standard output. */
const logLine = '[info] cache warmed in 12 ms'

/** Replies of an MCP server that come late or never, and connections to it that end. */
export const mcpConnectionMembers: readonly AnyMember[] = [
  mcpMember({
    id: 'mcp.timeout',
    among: laterRequests,
    bookedOn: 'tool',
    summary: 'no reply comes, with the work done or not; only a timeout of the client ends the request',
    source: `${mcpSdk}: SdkError REQUEST_TIMEOUT after 60 s`,
    parameters: z.strictObject({
      isWorkDone: z.boolean().default(false).describe('whether the server has done its work'),
    }),
    arbitrary: fc.record({ isWorkDone: fc.boolean() }),
    strike: (_call, { isWorkDone }): Effect =>
      isWorkDone ? { afterwards: () => ({ silence: true }) } : { instead: () => ({ silence: true }) },
  }),
  mcpMember({
    id: 'mcp.timeout.late',
    among: laterRequests,
    bookedOn: 'tool',
    summary: 'the reply comes once the client has given up and cancelled the request',
    source: `${mcpSdk}: the default timeout is 60 s`,
    parameters: z.strictObject({
      ms: z.int().min(1).max(3_600_000).default(61_000).describe('milliseconds until the reply'),
    }),
    arbitrary: fc.record({ ms: fc.constantFrom(61_000, 90_000, 130_000) }),
    strike: (_call, { ms }) => ({ delayMs: ms }),
  }),
  mcpMember({
    id: 'mcp.slow',
    among: toolCalls,
    bookedOn: 'tool',
    summary: 'the tool takes ms longer',
    source: 'mcp-chaos slow',
    parameters: z.strictObject({
      ms: z.int().min(1).max(3_600_000).default(5_000).describe('milliseconds'),
    }),
    arbitrary: fc.record({ ms: fc.constantFrom(500, 5_000, 20_000, 45_000) }),
    strike: (_call, { ms }) => ({ delayMs: ms }),
  }),
  mcpMember({
    id: 'mcp.closed',
    among: laterRequests,
    bookedOn: 'tool',
    summary:
      'the server goes away before it replies, or halfway through its reply; or a log line comes among its messages. Over stdio its process ends, over HTTP the connection does',
    source: `${mcpSdk}: SdkError CONNECTION_CLOSED; constructed`,
    parameters: z.strictObject({
      how: z
        .enum(closings)
        .default('exit')
        .describe('gone before the reply, gone halfway, or a line that is no message'),
    }),
    arbitrary: fc.record({ how: fc.constantFrom(...closings) }),
    strike(_call, { how }): Effect {
      if (how === 'exit') return { instead: () => closed }
      return { afterwards: how === 'half' ? cutInHalf : withNoise }
    },
  }),
]

function cutInHalf(reply: Reply): Reply {
  const bytes = Buffer.from(bodyText(reply))
  return { ...reply, body: [{ afterMs: 0, bytes: bytes.subarray(0, Math.floor(bytes.length / 2)) }], ending: closed }
}

function withNoise(reply: Reply): Reply {
  const noise = isEventStream(reply) ? dataFrame(logLine) : `${logLine}\n`
  return { ...reply, body: noise + bodyText(reply) }
}
