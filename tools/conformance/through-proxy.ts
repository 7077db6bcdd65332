import { pathToFileURL } from 'node:url'
import { PlanInjector } from '../../src/faults/plan-injector.ts'
import { wireShape } from '../../src/faults/samples/wire-shape.ts'
import { startProxy } from '../../src/wire/proxy/proxy.ts'
import { loopbackService } from './loopback-service.ts'
import { type Sight, type Sights, unstruck } from './sight.ts'
import { type ClientName, type Subject, clients, faultOf, seed, subjects } from './subjects.ts'

/** The longest that a call may take of real time. */
const longestMs = 1_000
/** For what never ends by itself; whatever comes before has come by then. */
const impatience = { timeoutMs: 5_000, signalMs: 8_000 }
/** For everything else: no limit of the table's own. */
const patience = { timeoutMs: 60_000, signalMs: 60_000 }
const atOnce = 12
const serviceName = 'service'

/**
 * Strikes one real call of each client, through a proxy before a real service on loopback.
 *
 * @param which `swift`: without the calls that only a client's own limit ends, which is waited for in real time
 */
export async function sightsThroughProxy(which: 'all' | 'swift'): Promise<Sights> {
  const plans = await Promise.all((await subjects()).map(async (subject) => ({ subject, ...(await planned(subject)) })))
  const chosen = plans.filter(({ isSilent }) => which === 'all' || !isSilent)
  // The longest first, so that the others are asked meanwhile.
  const next = chosen.toSorted((one, other) => Number(other.isSilent) - Number(one.isSilent)).values()
  const found = new Map<string, Sights[string]>()
  const work = async (): Promise<void> => {
    for (const { subject, isSilent, refusal } of next) {
      found.set(subject.member.id, refusal === null ? await sightsOf(subject, isSilent) : { all: { words: refusal } })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return Object.fromEntries(chosen.map(({ subject: { member } }) => [member.id, found.get(member.id) ?? {}]))
}

/** Whether a call ends only by the limit of its client, and why it is not made where it is not. */
async function planned({ member, sample }: Subject): Promise<{ isSilent: boolean; refusal: string | null }> {
  const shape = await wireShape(member)
  const { kind } = sample.upstream()
  if (kind !== 'model' && kind !== 'tool') return unasked(`the proxy tells no ${kind} from a tool`)
  if (member.bind({}).secretNamed !== null) return unasked('it names a secret, and no scenario has it')
  if (shape === null) return unasked('nothing to show')
  const { answer, delayMs } = shape
  const pieces = 'body' in answer && typeof answer.body !== 'string' ? answer.body : []
  const tookMs = pieces.reduce((sum, { afterMs }) => sum + afterMs, delayMs)
  if (tookMs > longestMs) return unasked('it takes long, and the time is real')
  const isSilent =
    'silence' in answer || ('ending' in answer && answer.ending !== undefined && 'silence' in answer.ending)
  return { isSilent, refusal: null }
}

function unasked(reason: string): { isSilent: boolean; refusal: string } {
  return { isSilent: false, refusal: `not asked: ${reason}` }
}

async function sightsOf(subject: Subject, isSilent: boolean): Promise<Readonly<Record<string, Sight>>> {
  const seen = subject.clients.map(
    async (name) => [name, await seenBy(name, subject, isSilent ? impatience : patience)] as const,
  )
  return Object.fromEntries(await Promise.all(seen))
}

async function seenBy(name: ClientName, subject: Subject, limits: typeof patience): Promise<Sight> {
  const defects: unknown[] = []
  await using service = await loopbackService(subject)
  const proxy = await startProxy({
    services: [{ name: serviceName, origin: new URL(service.origin), dialect: 'guess', port: 0 }],
    arm: (plan) => new PlanInjector(plan, seed, Number.POSITIVE_INFINITY),
    plan: { faults: [faultOf(subject, serviceName)] },
    seed,
    control: { port: 0, token: seed },
    onDefect: (error) => defects.push(error),
  })
  try {
    const sight = await clients[name](subject.sample, proxy.listeners[0]?.url ?? '', limits)
    if (defects.length > 0) throw new AggregateError(defects, `the proxy met a defect with ${subject.member.id}`)
    const isStruck = proxy.trace.events.some(({ type }) => type === 'fault.injected')
    return isStruck ? sight : unstruck
  } finally {
    await proxy.close(0)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(JSON.stringify(await sightsThroughProxy('all')))
}
