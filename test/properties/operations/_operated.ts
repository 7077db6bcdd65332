// First: what is imported before the simulation is in place escapes it.
import { storeFile } from '../../agent/store/_store.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { KeyRing } from '../../../src/agent/operations/keys/key-ring.ts'
import type { ApiKey } from '../../../src/agent/operations/keys/api-key.ts'
import type { ApiKeys } from '../../../src/agent/providers/client-per-key.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { properties } from '../../../src/properties/properties.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { jsonReply } from '../../../src/wire/reply.ts'
import { opaqueReply, opaqueRequest } from '../../../src/wire/upstream.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { refundScenario, runUnder } from '../../scenario/process/_refunds.ts'

/** What an agent that is operated differs in, and what it declares. */
export interface Operated {
  /** Made anew with each life of the agent, where it is a function. */
  readonly options?: Partial<AgentOptions> | (() => Partial<AgentOptions>)
  readonly around?: (agent: ReferenceAgent) => ReferenceAgent
  readonly profile: ProfileInput
  /** How long each key lives, in milliseconds; absent: for ever. */
  readonly keyLifeMs?: number
  readonly order?: 'sequence' | 'overlap'
}

const questions = Array.from({ length: 12 }, (_, index) => ({ id: `q-${index}`, input: `Question ${index}` }))

/** Runs twelve questions, five seconds apart, under faults; says what is violated, and each verdict. */
export async function operated(
  { options, around = (agent) => agent, profile, keyLifeMs, order = 'sequence' }: Operated,
  ...faults: Fault[]
) {
  const scenario = refundScenario(
    () =>
      around(
        createReferenceAgent({
          client: { name: 'primary', apiKey: 'key-1', baseURL: 'https://api.openai.com/v1', model: 'large' },
          instructions: 'You work at a desk.',
          retry: { maxAttempts: 1 },
          timeouts: { modelMs: 10_000 },
          ...(typeof options === 'function' ? options() : options),
        }),
      ),
    {
      tasks: questions,
      workload: { order, arrivals: questions.map(({ id: task }, index) => ({ task, atMs: index * 5_000 })) },
      upstreams: () => upstreams(keyLifeMs),
      profile: { terminationMs: 600_000, ...profile },
      search: {
        trials: 1,
        faults: refundScenario(() => async () => ({ answer: null, stop: 'error' })).search.faults,
        properties: properties.operations,
      },
    },
  )
  return runUnder(scenario, ...faults)
}

/** A model that takes the newest key alone, the source of keys, and the agent's own health. */
function upstreams(lifeMs: number | undefined): Upstream[] {
  let number = 1
  let madeAtMs = 0
  const model = openAiChat({ name: 'primary', script: () => ({ content: 'Yes.' }) })
  const isTaken = (key: string | null, nowMs: number): boolean =>
    key === `Bearer key-${number}` && nowMs - madeAtMs < (lifeMs ?? Infinity)
  return [
    {
      ...model,
      handle: (request, view, context) =>
        isTaken(request.header('authorization'), context.nowMs)
          ? model.handle(request, view, context)
          : jsonReply(401, {
              error: { message: 'Incorrect API key.', type: 'invalid_request_error', code: 'invalid' },
            }),
    },
    service('keys', 'https://keys.test', (method, nowMs) => {
      if (method === 'POST') [number, madeAtMs] = [number + 1, nowMs]
      return {
        value: `key-${number}`,
        ...(lifeMs === undefined ? {} : { expiresAtMs: Date.UTC(2026, 0, 1) + madeAtMs + lifeMs }),
      }
    }),
    storeFile(),
    service('health', 'https://health.test', () => ({ status: 'fine' })),
  ]
}

function service(name: string, origin: string, said: (method: string, nowMs: number) => object): Upstream {
  return {
    ...{ name, kind: 'other', origin, latencyMs: 50, matches: () => true, understand: () => opaqueRequest },
    handle: ({ method }, _view, { nowMs }) => jsonReply(200, said(method, nowMs)),
    describe: () => opaqueReply,
  }
}

/** Asks the source for a key. */
export async function askForKey(method: 'GET' | 'POST', signal: AbortSignal): Promise<ApiKey> {
  const answer = await fetch('https://keys.test/', { method, signal })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return (await answer.json()) as ApiKey
}

/** A ring of keys over the source; made anew with each agent. */
export function ring(rotateBeforeMs = 0): KeyRing {
  const source = {
    current: ({ signal }: { signal: AbortSignal }) => askForKey('GET', signal),
    rotate: ({ signal }: { signal: AbortSignal }) => askForKey('POST', signal),
  }
  return new KeyRing({ name: 'the model', source, rotateBeforeMs, pauseMs: 10_000 })
}

export const clientWith = (apiKey: ApiKeys | string): Partial<AgentOptions> => ({
  client: { name: 'primary', apiKey, baseURL: 'https://api.openai.com/v1', model: 'large' },
})

/** One fault on the calls of an upstream. */
export const on = (
  id: string,
  name: string,
  trigger: Fault['trigger'],
  parameters: Fault['parameters'] = {},
): Fault => ({
  ...{ id, target: { kind: name === 'primary' ? 'model' : 'other', name }, trigger, parameters },
})
