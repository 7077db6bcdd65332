// First: what is imported before the simulation is in place escapes it.
import { openStore, storeFile } from './_store.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import type { TaskEvent } from '../../../src/agent/events/task-event.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { ModelScript } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play } from '../../wire/_play.ts'

/** Asks one life of the agent; each question is a task of its own, unless an id is given. */
export type AskLife = (
  question?: string,
  given?: { readonly id?: string; readonly signal?: AbortSignal },
) => Promise<AgentOutcome>

interface Lives {
  readonly options?: Partial<AgentOptions>
  readonly faults?: readonly Fault[]
  readonly primary?: ModelScript
}

/** What the lives of the agent were told of their store. */
export type Told = Extract<TaskEvent, { type: 'store_failed' }>

/** Plays the lives of one agent, each made anew from the file of its store; what it asks of models takes no time of its own. */
export async function inLives<Value>(
  { options, faults = [], primary = () => ({ content: 'From the primary.' }) }: Lives,
  scene: (born: (changed?: Partial<AgentOptions>) => AskLife, told: readonly Told[]) => Promise<Value>,
) {
  const upstreams = [
    openAiChat({ name: 'primary', script: primary }),
    openAiChat({ name: 'backup', origin: 'https://backup.test', script: () => ({ content: 'From the backup.' }) }),
    storeFile(),
  ]
  const told: Told[] = []
  let tasks = 0
  return play({ upstreams, faults }, () =>
    scene((changed) => {
      const agent = createReferenceAgent({ ...settings(), ...options, ...changed })
      return (input = 'When are you open?', { id = `task-${++tasks}`, signal = new AbortController().signal } = {}) =>
        agent({ id, input }, { signal, onEvent: (event) => void (event.type === 'store_failed' && told.push(event)) })
    }, told),
  )
}

const settings = (): AgentOptions => ({
  client: { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' },
  instructions: 'You work at a desk.',
  retry: { maxAttempts: 1 },
  store: openStore(),
})
