import type { Fault, FaultPlan } from '../contract/fault.ts'
import { ShakedownError, usageError } from '../contract/errors.ts'
import type { Json } from '../contract/json.ts'
import type { Secret } from '../contract/secret.ts'
import { keyedUniform } from '../simulation/keyed-hash.ts'
import type { Interference, InterferencePort, UpstreamCall } from '../wire/interference.ts'
import type { BoundMember, Draw, Effect, FaultMemory } from './catalogue-member.ts'
import { catalogueMember } from './catalogue.ts'
import { fires } from './trigger.ts'

interface ArmedFault {
  readonly index: number
  readonly fault: Fault
  readonly member: BoundMember
  readonly memory: FaultMemory
  /** Tells its draws from those of other faults, wherever it stands in the plan; made when the first is drawn. */
  key: string | undefined
  occurrences: number
  delivered: number
}

/** Injects the faults of one plan into the calls of one trial. */
export class PlanInjector implements InterferencePort {
  readonly #armed: readonly ArmedFault[]
  readonly #seed: string
  readonly #healAtMs: number

  /**
   * @param seed the trial's seed; each draw is keyed by it, the fault, the target and the occurrence
   * @param healAtMs virtual milliseconds from which nothing is injected any more
   * @param secrets the scenario's secrets, which plans hold by name
   * @throws {ShakedownError} of kind `usage` for a fault whose ID, target or parameters are not the catalogue's
   */
  constructor(plan: FaultPlan, seed: string, healAtMs: number, secrets: readonly Secret[] = []) {
    this.#seed = seed
    this.#healAtMs = healAtMs
    this.#armed = plan.faults.map((fault, index) => ({
      index,
      fault,
      member: bindFault(fault, index, secrets),
      memory: { planted: null, strikes: 0, overflow: null, secrets },
      key: undefined,
      occurrences: 0,
      delivered: 0,
    }))
  }

  /** How often each fault of the plan was delivered, in the plan's order. */
  get deliveries(): readonly number[] {
    return this.#armed.map(({ delivered }) => delivered)
  }

  interfere(call: UpstreamCall): readonly Interference[] {
    if (this.#armed.length === 0 || call.nowMs >= this.#healAtMs) return []
    const struck: Struck[] = []
    for (const armed of this.#armed) {
      const effect = this.#consider(armed, call)
      if (effect !== null) struck.push({ armed, effect })
    }
    return compatible(struck).map(deliver)
  }

  #consider(armed: ArmedFault, call: UpstreamCall): Effect | null {
    const { fault, member, memory } = armed
    const followed = call.upstream.kind === 'model' ? member.follow(call, memory) : null
    if (followed !== null) return followed
    if (!isAimedAt(fault, call) || !member.includes(call)) return null
    const occurrence = ++armed.occurrences
    if (fault.only !== undefined && !fault.only.includes(occurrence)) return null
    const draw: Draw = (what) => {
      armed.key ??= drawKey(fault)
      return keyedUniform(this.#seed, armed.key, call.upstream.name, occurrence, what)
    }
    const isChosen = fires(fault.trigger, { occurrence, nowMs: call.nowMs, draw: () => draw('trigger') })
    return isChosen ? member.strike(call, draw, memory) : null
  }
}

interface Struck {
  readonly armed: ArmedFault
  readonly effect: Effect
}

/** Counts a fault as delivered: at once, or when it has found something to change. */
function deliver({ armed, effect: { mayMiss = false, goesWithOthers: _, ...effect } }: Struck): Interference {
  const booked = { fault: armed.index, id: armed.fault.id, demanded: null, ...effect }
  if (mayMiss) return { ...booked, tookHold: () => armed.delivered++ }
  armed.delivered++
  return booked
}

/**
 * The effects that can be delivered together: delays add up, but a call has one answer. Of the faults that would
 * answer a call or change what is answered, the first of the plan does; the others are not delivered, and so not
 * counted. Those that change no more than how the answer travels come after it.
 */
function compatible(struck: readonly Struck[]): readonly Struck[] {
  if (struck.length < 2) return struck
  const answering = struck.find(({ effect }) => answers(effect))
  const travelling = struck.filter(({ effect }) => effect.goesWithOthers === true)
  return [...struck.filter((one) => one === answering || !changes(one.effect)), ...travelling]
}

function answers(effect: Effect): boolean {
  return effect.goesWithOthers !== true && changes(effect)
}

function changes({ instead, receiving, afterwards, local, onFile }: Effect): boolean {
  return (
    instead !== undefined ||
    receiving !== undefined ||
    afterwards !== undefined ||
    local !== undefined ||
    onFile !== undefined
  )
}

const drawKeys = new WeakMap<Fault, string>()

/**
 * Tells a fault's draws from those of others; which of its strikes are left in does not change them.
 *
 * Kept, because a plan at fixed rates is the same object in thousands of trials.
 */
function drawKey(fault: Fault): string {
  const { id, target, trigger, parameters } = fault
  let key = drawKeys.get(fault)
  if (key === undefined) drawKeys.set(fault, (key = canonicalText({ id, target, trigger, parameters })))
  return key
}

/** A value as text, whatever the order of its keys: a plan read back from a token draws what the plan drew. */
function canonicalText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((inner: Json) => canonicalText(inner)).join()}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${key}:${canonicalText(inner)}`).join()}}`
}

function isAimedAt({ target }: Fault, { upstream }: UpstreamCall): boolean {
  return upstream.kind === target.kind && (target.name === '*' || target.name === upstream.name)
}

function bindFault(fault: Fault, index: number, secrets: readonly Secret[]): BoundMember {
  const member = catalogueMember(fault.id)
  if (!member.targets.includes(fault.target.kind)) {
    throw usageError(
      'FAULT_TARGET',
      `fault ${index + 1} of the plan, "${fault.id}", aims at a ${fault.target.kind} but strikes only ${member.targets.join(' and ')}; give it such a target.`,
    )
  }
  try {
    const bound = member.bind(fault.parameters)
    requireSecret(bound, index, secrets)
    return bound
  } catch (error) {
    if (ShakedownError.is(error)) throw error
    throw usageError(
      'FAULT_PARAMETERS',
      `fault ${index + 1} of the plan, "${fault.id}", cannot take the parameters ${JSON.stringify(fault.parameters)}; \`shakedown list faults\` shows what it takes.`,
      error,
    )
  }
}

function requireSecret({ secretNamed }: BoundMember, index: number, secrets: readonly Secret[]): void {
  if (secretNamed === null || secrets.some(({ name }) => name === secretNamed)) return
  throw usageError(
    'UNKNOWN_SECRET',
    `fault ${index + 1} of the plan names the secret "${secretNamed}", which the scenario does not have; add it to its secrets.`,
  )
}
