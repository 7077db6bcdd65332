import { installSimulation } from '../../src/simulation/install.ts'
import OpenAI from 'openai'
import type { TraceEvent } from '../../src/contract/event.ts'
import type { Fault } from '../../src/contract/fault.ts'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { drive } from '../../src/simulation/driver.ts'
import { World, runInWorld } from '../../src/simulation/world.ts'
import { Recorder } from '../../src/trace/recorder.ts'
import type { Upstream } from '../../src/wire/upstream.ts'
import { WorldNetwork } from '../../src/wire/world-network.ts'

installSimulation()

const secrets = [{ name: 'canary', value: 'canary-1234', mayReach: [] }]

export interface Scene {
  readonly upstreams: readonly Upstream[]
  readonly faults?: readonly Fault[]
  readonly seed?: string
  readonly healAtMs?: number
}

/** What became of a function that ran on real clients in a world of its own. */
export interface Played<Value> {
  readonly value: Value
  readonly virtualMs: number
  readonly events: readonly TraceEvent[]
  readonly hash: string
  readonly deliveries: readonly number[]
}

/** Runs a function in a world of its own; rejects with what it threw, or where its world ended before it did. */
export async function play<Value>(scene: Scene, run: () => Promise<Value>): Promise<Played<Value>> {
  const { upstreams, faults = [], seed = 'play', healAtMs = Number.POSITIVE_INFINITY } = scene
  const network = new WorldNetwork(upstreams)
  const recorder = new Recorder({ keep: true })
  const interference = new PlanInjector({ faults: [...faults] }, seed, healAtMs, secrets)
  const world = new World(seed, network, () => {})
  network.attach({ world, recorder, interference, seed, tasks: [] })
  let settled: { value: Value } | { error: unknown } | undefined
  try {
    void runInWorld(world, 0, run).then(
      (value) => (settled = { value }),
      (error: unknown) => (settled = { error }),
    )
    await drive(world, () => settled !== undefined, {
      limits: { virtualMs: 86_400_000, timersFired: 100_000 },
      onTurn: () => {},
      realWaitMs: 10_000,
    })
  } finally {
    // Also where the function throws at once: the files of its stores would stay.
    world.close()
  }
  if (settled === undefined) throw new Error(`the world ${world.interruption?.how}: ${world.interruption?.detail}`)
  if ('error' in settled) throw settled.error
  return {
    value: settled.value,
    virtualMs: world.clock.nowMs,
    events: recorder.events,
    hash: recorder.hash(),
    deliveries: interference.deliveries,
  }
}

/** The official client; without retries of its own unless a test is about them. */
export function sdk(options: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI {
  return new OpenAI({ apiKey: 'sk-test', maxRetries: 0, ...options })
}

/** The smallest request there is. */
export const greeting = {
  model: 'gpt-5',
  messages: [{ role: 'user', content: 'Good morning.' }],
} satisfies OpenAI.ChatCompletionCreateParams

/** What a promise rejects with; fails where it does not. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Error> {
  const thrown = await Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Error) return thrown
  throw new Error(`expected a rejection with an error, got ${String(thrown)}`)
}
