import type * as fc from 'fast-check'
import type { z } from 'zod'
import type { JsonObject } from '../contract/json.ts'
import type { Secret } from '../contract/secret.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'
import type { Dialect } from '../wire/dialect.ts'
import type { Interference, UpstreamCall } from '../wire/interference.ts'
import type { Seam } from '../wire/seam.ts'
import type { Upstream } from '../wire/upstream.ts'

/** The families of the catalogue, in the words of the report. */
export const faultFamilies = [
  'tool failures',
  'function failures',
  'transport',
  'latency',
  'rate limits',
  'server errors',
  'rejections',
  'streams',
  'wrong replies',
  'context overflows',
  'memory failures',
  'policy violations',
  'stores',
  'MCP',
  'clock',
  'process',
  'governance',
] as const

export type FaultFamily = (typeof faultFamilies)[number]

/** A number in [0, 1) that depends on the seed, the fault, the target and the occurrence, and on nothing else. */
export type Draw = (what: string) => number

/**
 * Whose error budget a failure is charged to: that of the model's provider, of a tool's back end or whatever else the
 * agent works with, or of the agent.
 */
export type Budget = 'provider' | 'tool' | 'agent'

/** What a member does to a call, before it is booked on its place in the plan. */
export interface Effect
  extends
    Pick<Interference, 'delayMs' | 'instead' | 'receiving' | 'afterwards' | 'local' | 'onFile' | 'happening'>,
    Partial<Pick<Interference, 'demanded'>> {
  /**
   * Whether `afterwards` may find nothing to change, and then gives back what it got, or `happening` may come too late:
   * the fault has not struck.
   */
  readonly mayMiss?: boolean
  /** Whether it leaves what the answer says alone, and so goes together with a fault that does not. */
  readonly goesWithOthers?: boolean
}

/** An overflow that is to be met again. */
export interface PendingOverflow {
  readonly upstream: string
  readonly task: number
  /** Tokens of the smallest request that was refused. */
  readonly inputTokens: number
  /** Smaller requests that are refused as well. */
  readonly left: number
}

/** What one fault of a plan remembers within a trial. */
export interface FaultMemory {
  /** A text that was planted and waits to be followed. */
  planted: string | null
  /** How often it has struck, for a fault that grows. */
  strikes: number
  /** The overflow that comes again with the next smaller request; null where none does. */
  overflow: PendingOverflow | null
  /** The secrets of the scenario. */
  readonly secrets: readonly Secret[]
}

/** Some of the calls that a target gets, e.g. those of tools among all that an MCP server is asked. */
export interface SomeCalls {
  /** What one of them is called, e.g. `tool call`. */
  readonly noun: string
  readonly include: (call: UpstreamCall) => boolean
}

/** What only a trial has: the agent's own process, memory of what was answered before, a hand on what is received. */
export type WorldNeed = 'process' | 'earlier answers' | 'what is received'

/** One member of the catalogue: what it is, what it takes, and what it does to a call. */
export interface CatalogueMember<Parameters extends JsonObject = JsonObject> {
  /** Identifier of the taxonomy, e.g. `openai.429.tpm`. */
  readonly id: string
  readonly family: FaultFamily
  readonly targets: readonly UpstreamKind[]
  /** The dialects in which its bytes are spelt; absent where it is the same in each, or puts itself into each. */
  readonly dialects?: readonly Dialect[]
  /** Where it can strike; absent: over HTTP alone. */
  readonly seams?: readonly Seam[]
  /** What of a simulated world it cannot do without; absent: nothing, so that it strikes behind the proxy as well. */
  readonly needs?: WorldNeed
  /** The calls that it can strike at all, where those are not all of its target's; no other is an occurrence. */
  readonly among?: SomeCalls
  /**
   * On whose budget a failure that it causes is booked: `agent` for what the agent should have prevented or withstood,
   * `target` for the one it strikes, a model's provider or a tool.
   */
  readonly bookedOn: Budget | 'target'
  /** Whether it can change what a model says so that nobody who reads the reply could notice. */
  readonly isUnnoticeable?: true
  /** What happens on the wire, in one sentence. */
  readonly summary: string
  /** Where the wire shape is documented or was recorded. */
  readonly source: string
  readonly parameters: z.ZodType<Parameters>
  /** Generates parameters for search; shrinks towards the mildest. */
  readonly arbitrary: fc.Arbitrary<Parameters>
  /** The secret of the scenario that the parameters name, for a member that needs one. */
  readonly secretNamed?: (this: void, parameters: Parameters) => string
  /** The member's effect on a call that its trigger has chosen; null where it has none on this one. */
  readonly strike: (call: UpstreamCall, parameters: Parameters, draw: Draw, memory: FaultMemory) => Effect | null
  /** A second chance at every model call, for faults in two acts; null where there is nothing to do. */
  readonly follow?: (call: UpstreamCall, parameters: Parameters, memory: FaultMemory) => Effect | null
}

/** A member whose parameters have been erased, so that members of all kinds stand in one list. */
export interface AnyMember extends Omit<CatalogueMember, 'strike' | 'follow' | 'secretNamed'> {
  /** @throws {z.ZodError} where the parameters are not the member's */
  bind(parameters: JsonObject): BoundMember
}

/** A member with its parameters. */
export interface BoundMember {
  readonly secretNamed: string | null
  /** Whether a call is one of those that it can strike at all. */
  includes(call: UpstreamCall): boolean
  strike(call: UpstreamCall, draw: Draw, memory: FaultMemory): Effect | null
  follow(call: UpstreamCall, memory: FaultMemory): Effect | null
}

/** Declares a catalogue member and erases its parameter type safely: parameters are parsed when it is bound. */
export function defineMember<Parameters extends JsonObject>(member: CatalogueMember<Parameters>): AnyMember {
  const { strike, follow, secretNamed, ...description } = member
  return {
    ...description,
    bind(raw) {
      const parameters = member.parameters.parse(raw)
      return {
        secretNamed: secretNamed?.(parameters) ?? null,
        includes: (call) => member.among?.include(call) ?? true,
        strike: (call, draw, memory) => (fits(member, call.upstream) ? strike(call, parameters, draw, memory) : null),
        follow: (call, memory) => follow?.(call, parameters, memory) ?? null,
      }
    },
  }
}

/**
 * Whether a member can strike an upstream as far as its words and its way go: none answers in the words of another's
 * service, and a function gives no HTTP status.
 */
export function fits(
  { dialects, seams = ['http'] }: Pick<CatalogueMember, 'dialects' | 'seams'>,
  { dialect, seam = 'http' }: Pick<Upstream, 'dialect' | 'seam'>,
): boolean {
  return seams.includes(seam) && (dialects === undefined || dialect === undefined || dialects.includes(dialect))
}
