import type OpenAI from 'openai'
import type { Fault, FaultTarget, Trigger } from '../../src/contract/fault.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { openAiChat } from '../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../src/wire/tool-backend.ts'
import type { Upstream } from '../../src/wire/upstream.ts'
import { greeting, play, rejection, sdk } from '../wire/_play.ts'

export const modelTarget: FaultTarget = { kind: 'model', name: '*' }
export const toolTarget: FaultTarget = { kind: 'tool', name: '*' }

/** A fault on the first call of its target, unless told otherwise. */
export function fault(
  id: string,
  target: FaultTarget,
  parameters: JsonObject = {},
  trigger: Trigger = { on: 'nth', n: 1 },
): Fault {
  return { id, target, trigger, parameters }
}

export const refundUrl = 'https://shop.test/refunds'
export const latencyMs = 40

/** A back end that refunds, and so changes the world. */
export function refunds(): Upstream {
  return toolBackend({
    tool: 'issue_refund',
    method: 'POST',
    url: refundUrl,
    latencyMs,
    handle: ({ arguments: args, applyEffect }) => {
      applyEffect(`refund:${args['orderId'] as string}`, args)
      return toolResult({ refunded: args['orderId'] ?? null })
    },
  })
}

export function model(): Upstream {
  return openAiChat({ script: () => ({ content: 'Hello.' }) })
}

export const refundA1: RequestInit = { method: 'POST', body: '{"orderId":"A-1"}' }

/** What a tool that calls its back end with fetch sees of one faulty call, and what really happened. */
export async function refundUnder(...faults: Fault[]) {
  const { value, events, virtualMs, deliveries } = await play({ upstreams: [refunds()], faults }, async () => {
    const answer = await fetch(refundUrl, refundA1)
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
  })
  const effects = events.filter((event) => event.type === 'effect.applied').map(({ effect }) => effect.key)
  return { ...value, effects, virtualMs, deliveries, events }
}

/** What the client without retries makes of one faulty model call. */
export async function modelErrorUnder(...faults: Fault[]) {
  const { value, ...rest } = await play({ upstreams: [model()], faults }, () =>
    rejection(sdk().chat.completions.create(greeting)),
  )
  return { ...rest, error: value as InstanceType<typeof OpenAI.APIError> }
}

/** What the client without retries gets from one model call that is disturbed and answered. */
export function modelAnswerUnder(...faults: Fault[]) {
  return play({ upstreams: [model()], faults }, () => sdk().chat.completions.create(greeting))
}
