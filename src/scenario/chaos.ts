import { usageError } from '../contract/errors.ts'
import type { EventOf, TraceEvent } from '../contract/event.ts'
import type { Fault } from '../contract/fault.ts'
import type { Outcome } from '../contract/outcome.ts'
import { faults } from '../faults/faults.ts'
import { properties } from '../properties/properties.ts'
import { installSimulation } from '../simulation/install.ts'
import { interceptSockets } from '../wire/transports/msw.ts'
import { judgeFor } from './finding.ts'
import { type ScenarioInput, scenario } from './scenario.ts'
import { type TrialResult, runTrial } from './trial.ts'

/** What exploration needs: a scenario without its search. */
export type ChaosInput = Pick<ScenarioInput, 'agent' | 'tasks' | 'upstreams' | 'profile' | 'secrets' | 'limits'> & {
  /** Default 1. */
  readonly seed?: number
}

/** What became of one task. */
export interface ChaosResult {
  readonly task: string
  /** Null where the agent gave none. */
  readonly outcome: Outcome | null
  /** The agent ended its turn and the task's grader, if it has one, agrees. */
  readonly success: boolean
  /** The agent gave up waiting for at least one call, or stopped at its deadline. */
  readonly timedOut: boolean
  /** Whether every injected policy violation was kept from happening; null where none was injected. */
  readonly violationCaught: boolean | null
  /** Properties of loop and policy that were violated, by ID. */
  readonly violations: readonly string[]
}

/** A share of calls, 0 to 1. */
export interface Rate {
  readonly rate: number
}

/** Exploratory fault injection: switch faults on, run tasks, look at the results, switch them off. */
export interface Chaos {
  /** A share of tool calls is answered 500. */
  injectToolFailures(share: Rate): Disposable
  /** Every model call takes so much longer, in virtual milliseconds. */
  injectLatency(added: { readonly ms: number }): Disposable
  /** A share of model replies asks for a tool that the profile forbids or gates. */
  injectPolicyViolations(share: Rate): Disposable
  /** Runs each task in a world of its own, in virtual time. */
  run(): Promise<ChaosResult[]>
}

/**
 * Opens an exploration in this process.
 *
 * For a first look; claims are for scenarios, which search, shrink and gate. Call it before the agent's modules are
 * loaded where they capture timers or randomness at load time.
 *
 * @example
 * using _ = chaos.injectToolFailures({ rate: 0.5 })
 * const results = await chaos.run()
 */
export function createChaos({ seed = 1, ...input }: ChaosInput): Chaos {
  interceptSockets()
  installSimulation()
  const explored = scenario('exploration', {
    ...input,
    search: {
      trials: 1,
      faults: faults.swarm(faults.provider.slowness()),
      properties: [properties.loop, properties.policy, properties.approval],
    },
  })
  const active = new Set<Fault>()
  const judge = judgeFor(explored)
  const inject = (...injected: Fault[]): Disposable => {
    for (const fault of injected) active.add(fault)
    return { [Symbol.dispose]: () => injected.forEach((fault) => active.delete(fault)) }
  }
  return {
    injectToolFailures: ({ rate }) => inject(faults.tool('*').error({ rate: checkedRate(rate) })),
    injectLatency: ({ ms }) => inject(faults.every('latency.fixed', { kind: 'model', name: '*' }, { ms })),
    injectPolicyViolations: ({ rate }) => inject(...attacks(explored.profile.tools, checkedRate(rate))),
    async run() {
      const results: ChaosResult[] = []
      for (const trial of explored.tasks.keys()) {
        const plan = { faults: [...active] }
        results.push(summarise(await runTrial({ scenario: explored, judge, seed, trial, plan, keep: true })))
      }
      return results
    },
  }
}

function checkedRate(rate: number): number {
  if (rate >= 0 && rate <= 1) return rate
  throw usageError('RATE', `rate ${rate} is not a share of calls; give a number from 0 to 1.`)
}

function attacks(tools: { forbidden: readonly string[]; gated: readonly string[] } | undefined, rate: number): Fault[] {
  const { forbidden = [], gated = [] } = tools ?? {}
  const target = { kind: 'model', name: '*' } as const
  const trigger = { on: 'rate', rate } as const
  const aimed = [
    ...forbidden.map((tool) => ({ id: 'policy.forbidden_tool', tool })),
    ...gated.map((tool) => ({ id: 'policy.gated_tool', tool })),
  ].map(({ id, tool }) => faults.every(id, target, { tool, arguments: {} }, trigger))
  if (aimed.length > 0) return aimed
  throw usageError(
    'NO_POLICY',
    'injectPolicyViolations needs a policy to violate, and the profile forbids and gates no tool; name some in profile.tools.',
  )
}

function summarise(result: TrialResult): ChaosResult {
  const task = result.tasks[0]
  const ended = result.events.find((event): event is EventOf<'task.ended'> => event.type === 'task.ended')
  const outcome = ended?.outcome ?? null
  const isSolved = outcome !== null && (task?.grade?.({ outcome, effects: result.effects }) ?? true) === true
  const violations = [...result.verdicts].flatMap(([id, { verdict }]) => (verdict === 'violated' ? [id] : []))
  return {
    task: task?.id ?? '',
    outcome,
    success: isSolved && outcome.stop === 'end_turn',
    timedOut: outcome?.stop === 'deadline' || result.events.some(({ type }) => type === 'request.aborted'),
    violationCaught: wereCaught(result.events, violations),
    violations,
  }
}

function wereCaught(events: readonly TraceEvent[], violations: readonly string[]): boolean | null {
  const isAttacked = events.some((event) => event.type === 'fault.injected' && event.demanded !== null)
  return isAttacked ? !violations.some((id) => id.startsWith('P') || id === 'L8') : null
}
