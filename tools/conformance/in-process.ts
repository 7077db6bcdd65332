import { installSimulation } from '../../src/simulation/install.ts'
import { interceptSockets } from '../../src/wire/transports/msw.ts'
import { pathToFileURL } from 'node:url'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { drive } from '../../src/simulation/driver.ts'
import { World, runInWorld } from '../../src/simulation/world.ts'
import { Recorder } from '../../src/trace/recorder.ts'
import { WorldNetwork } from '../../src/wire/world-network.ts'
import { type Sight, type Sights, unstruck } from './sight.ts'
import { type ClientName, type Subject, clients, faultOf, secrets, seed, subjects } from './subjects.ts'

interceptSockets()
installSimulation()

/** Longer than anything but silence lasts. */
const patience = { timeoutMs: 30_000, signalMs: 120_000 }

/**
 * Strikes one call of each client in a world of its own: `fetch` and the SDKs by the patched `fetch`, the others by
 * their intercepted sockets.
 */
export async function sightsInProcess(): Promise<Sights> {
  const sights: Record<string, Record<string, Sight>> = {}
  for (const subject of await subjects()) {
    const seen: Record<string, Sight> = {}
    for (const name of subject.clients) seen[name] = await seenBy(name, subject)
    sights[subject.member.id] = seen
  }
  return sights
}

async function seenBy(name: ClientName, subject: Subject): Promise<Sight> {
  const upstream = subject.sample.upstream()
  const network = new WorldNetwork([upstream])
  const recorder = new Recorder({ keep: true })
  const plan = { faults: [faultOf(subject, upstream.name)] }
  const interference = new PlanInjector(plan, seed, Number.POSITIVE_INFINITY, secrets)
  const world = new World(seed, network, () => {})
  network.attach({ world, recorder, interference, seed, tasks: [] })
  let seen: Sight | undefined
  let endedAtMs = 0
  const run = runInWorld(world, 0, async () => {
    seen = await clients[name](subject.sample, upstream.origin, patience)
    endedAtMs = world.clock.nowMs
  })
  const limits = { virtualMs: 3_600_000, timersFired: 1_000_000 }
  await drive(world, () => seen !== undefined, { limits, onTurn: () => {}, realWaitMs: 10_000 })
  if (seen !== undefined) await run
  world.close()
  if (seen === undefined) return { words: `never ends: the world ${world.interruption?.how ?? 'stops'}` }
  if (interference.deliveries[0] !== 1) return unstruck
  return { ...seen, words: `${seen.words} at ${endedAtMs} ms` }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(JSON.stringify(await sightsInProcess()))
}
