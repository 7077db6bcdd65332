import * as fc from 'fast-check'
import { z } from 'zod'
import { anthropicError } from '../../wire/anthropic/errors.ts'
import { contextComplaint } from '../../wire/anthropic/context-limit.ts'
import { serviceHeaders as anthropicHeaders } from '../../wire/anthropic/service-headers.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { contextLengthExceeded } from '../../wire/openai/errors.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import { type AnyMember, type Effect, type FaultMemory, defineMember } from '../catalogue-member.ts'
import { anthropicOnly, openAiConversations } from './spoken-in.ts'

/** Tokens by which an injected error claims the window was missed. */
const excessTokens = 35

/** An overflow that one compaction does not mend: agents that compact until it fits may do so for ever. */
export const repeatedOverflowMembers: readonly AnyMember[] = [
  defineMember({
    id: 'context.overflow_again',
    family: 'context overflows',
    targets: ['model'],
    dialects: [...openAiConversations, ...anthropicOnly],
    bookedOn: 'agent',
    summary:
      'the request is too long, and so are the next smaller ones of the task: compaction after compaction is not enough',
    source: 'opencode#37871: 104 compactions in a row',
    parameters: z.strictObject({
      windowTokens: z.int().min(1).default(8_192).describe('tokens that the window is said to hold'),
      times: z.int().min(1).max(100).default(1).describe('smaller requests that are too long as well'),
    }),
    arbitrary: fc.record({ windowTokens: fc.constantFrom(8_192, 128_000), times: fc.constantFrom(1, 3, 20) }),
    strike(call, { windowTokens, times }, _draw, memory) {
      memory.overflow = { upstream: call.upstream.name, task: call.task, inputTokens: sizeOf(call), left: times }
      return overflow(call, windowTokens)
    },
    follow: (call, { windowTokens }, memory) => (isTooLongAgain(call, memory) ? overflow(call, windowTokens) : null),
  }),
]

/** Until as many smaller requests were refused as there should be, everything that the task sends there is too long. */
function isTooLongAgain(call: UpstreamCall, memory: FaultMemory): boolean {
  const { overflow: last } = memory
  if (last?.upstream !== call.upstream.name || last.task !== call.task) return false
  const inputTokens = sizeOf(call)
  const isSmaller = inputTokens < last.inputTokens
  if (isSmaller && last.left === 0) {
    memory.overflow = null
    return false
  }
  if (isSmaller) memory.overflow = { ...last, inputTokens, left: last.left - 1 }
  return true
}

function sizeOf({ view }: UpstreamCall): number {
  return view.model?.inputTokens ?? 0
}

function overflow({ upstream: { dialect } }: UpstreamCall, windowTokens: number): Effect {
  const inputTokens = windowTokens + excessTokens
  return {
    instead: (context) =>
      dialect === 'anthropic.messages'
        ? anthropicError(400, contextComplaint(inputTokens, 0, windowTokens) ?? '', {
            headers: anthropicHeaders(context),
          })
        : contextLengthExceeded(windowTokens, inputTokens, 0, serviceHeaders(context)),
  }
}
