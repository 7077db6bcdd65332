// First: what is imported before the simulation is in place escapes it.
import '../simulation/_install.ts'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate, setInterval, setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/contract/fault.ts'
import { faultable } from '../../src/wire/functions/faultable.ts'
import { openAiChat } from '../../src/wire/openai/openai-chat.ts'
import type { Upstream } from '../../src/wire/upstream.ts'
import { greeting, play, sdk } from './_play.ts'
import { stepsPath, stepsStore } from './stores/_steps.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Of the program, as agents have one: it outlives every trial. */
const shutdown = new AbortController()

interface Leaving {
  /** What the agent does, and does not end. */
  readonly leave: (signal: AbortSignal, keep: (thing: unknown) => void) => unknown
  readonly faults?: readonly Fault[]
}

/** Runs an agent that leaves something behind, and returns what is collected once nothing holds the trial. */
async function trialOf({ leave, faults = [] }: Leaving): Promise<WeakRef<Upstream>> {
  const kept: unknown[] = []
  // An agent can be reached from its world, as by a back end that shares something with it.
  const model = openAiChat({ script: () => ({ content: String(kept.length) }) })
  await play({ upstreams: [model, stepsStore()], faults }, async () => {
    // Node keeps a signal that is made of others for as long as somebody listens to it.
    leave(AbortSignal.any([shutdown.signal]), (thing) => void kept.push(thing))
    await setImmediate()
  })
  return new WeakRef(model)
}

async function isCollected(thing: WeakRef<object>): Promise<boolean> {
  for (let round = 0; round < 10 && thing.deref() !== undefined; round++) {
    await setImmediate()
    collectGarbage()
  }
  return thing.deref() === undefined
}

const silence: Fault = {
  id: 'net.hang.headers',
  target: { kind: 'model', name: 'openai' },
  trigger: { on: 'rate', rate: 1 },
  parameters: {},
}

const lookUp = faultable(
  { kind: 'tool', name: 'look_up' },
  (_options: { readonly signal: AbortSignal }) => new Promise<never>(() => {}),
)

describe('a trial that is over is let go of although its agent', () => {
  const leavings: Readonly<Record<string, Leaving>> = {
    'kept a statement of a store': {
      leave: (_signal, keep) => {
        const database = new DatabaseSync(stepsPath)
        keep(database.prepare('SELECT what FROM steps'))
      },
    },
    'kept a statement and closed its store': {
      leave: (_signal, keep) => {
        const database = new DatabaseSync(stepsPath)
        keep(database.prepare('SELECT what FROM steps'))
        database.close()
      },
    },
    'still sleeps': { leave: (signal) => void setTimeout(1_000, undefined, { signal }) },
    'still sleeps in its own way': {
      leave: (signal) => {
        const timer = globalThis.setTimeout(() => {}, 1_000)
        signal.addEventListener('abort', () => clearTimeout(timer))
      },
    },
    'still waits for a tick': { leave: (signal) => void setInterval(1_000, undefined, { signal }).next() },
    'still waits for an answer': {
      leave: (signal) => void sdk().chat.completions.create(greeting, { signal }),
      faults: [silence],
    },
    'has not read a stream to its end': {
      leave: (signal) => void sdk().chat.completions.create({ ...greeting, stream: true }, { signal }),
    },
    'still waits for a function': { leave: (signal) => void lookUp({ signal }) },
  }
  it.each(Object.entries(leavings))('%s', async (_what, leaving) => {
    expect(await isCollected(await trialOf(leaving))).toBe(true)
  })
})
