import type { TraceEvent } from '../../src/contract/event.ts'
import { drive } from '../../src/simulation/driver.ts'
import { leftovers } from '../../src/simulation/leftovers.ts'
import { World, runInWorld } from '../../src/simulation/world.ts'
import { Recorder } from '../../src/trace/recorder.ts'
import { type InterferencePort, noInterference } from '../../src/wire/interference.ts'
import { toolBackend, toolResult } from '../../src/wire/tool-backend.ts'
import type { Upstream } from '../../src/wire/upstream.ts'
import { WorldNetwork } from '../../src/wire/world-network.ts'

export interface WorldOptions {
  readonly upstreams?: readonly Upstream[]
  readonly interference?: InterferencePort
  readonly seed?: string
  readonly realWaitMs?: number
  readonly timersFired?: number
}

/** What became of a function that ran in a world. */
export interface WorldRun<Value> {
  readonly value: Value | undefined
  readonly error: unknown
  readonly end: 'finished' | 'exited' | 'crashed' | 'stalled' | 'expired'
  readonly detail: string
  readonly virtualMs: number
  readonly events: readonly TraceEvent[]
  readonly outside: readonly string[]
  readonly leftovers: readonly string[]
  readonly inFlight: number
  readonly world: World
}

/** An upstream that answers `GET https://clock.example/` with the virtual time at which it was asked. */
export function clockUpstream(latencyMs = 40): Upstream {
  return toolBackend({
    tool: 'clock',
    method: 'GET',
    url: 'https://clock.example/',
    latencyMs,
    handle: ({ nowMs }) => toolResult({ nowMs }),
  })
}

/** Runs a function in a world of its own until it is done or the world ends. */
export async function inWorld<Value>(
  run: () => Value | Promise<Value>,
  options: WorldOptions = {},
): Promise<WorldRun<Value>> {
  const { upstreams = [], seed = 'test', realWaitMs = 10_000, timersFired = 10_000 } = options
  const outside: string[] = []
  const network = new WorldNetwork(upstreams)
  const recorder = new Recorder({ keep: true })
  const world = new World(seed, network, (what) => outside.push(what))
  const interference = options.interference ?? noInterference
  network.attach({ world, recorder, interference, seed, tasks: [] })
  let value: Value | undefined
  let error: unknown
  let isDone = false
  runInWorld(world, 0, async () => run()).then(
    (result) => ((value = result), (isDone = true)),
    (thrown: unknown) => ((error = thrown), (isDone = true)),
  )
  const limits = { virtualMs: 86_400_000, timersFired }
  await drive(world, () => isDone, { limits, onTurn: () => {}, realWaitMs })
  const left = leftovers(world)
  // What the last callback started, e.g. an immediate of Node's own, ends by itself.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  world.close()
  const { how = 'finished', detail = '' } = world.interruption ?? {}
  return {
    value,
    error,
    end: how,
    detail,
    virtualMs: world.clock.nowMs,
    events: recorder.events,
    outside,
    leftovers: left,
    inFlight: world.inFlight,
    world,
  }
}
