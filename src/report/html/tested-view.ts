import { declarationResults } from '../../results/declaration-result.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { Status } from '../../results/results-schema.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { statusLooks } from '../status-look.ts'

/** Scenarios named at once; the rest is one click away. */
const shownScenarios = 8

/** How a scenario came out, told by sign and word, and where the page speaks of it. */
export interface TestedScenario {
  readonly tone: string
  readonly sign: string
  readonly word: string
  readonly name: string
  readonly anchor: string
  /** The agents that its declarations name; empty where nothing is declared. */
  readonly agents: string
}

/** Every scenario of a run on the first screen, what needs somebody first. */
export interface TestedView {
  /** `2 of 3 scenarios broke, 1 passed`. */
  readonly count: string
  readonly shown: readonly TestedScenario[]
  readonly others: readonly TestedScenario[]
  /** `4 more scenarios, all passed`. */
  readonly othersCount: string
}

/** What became of scenarios, in the order in which readers need to know it. */
const outcomes: Readonly<Record<Status, string>> = {
  'harness failure': 'without a verdict',
  fail: 'broke',
  inconclusive: 'undecided',
  pass: 'passed',
}

const order = ['harness failure', 'fail', 'inconclusive', 'pass'] as const satisfies readonly Status[]

/**
 * Lists the scenarios of a run with their outcomes.
 *
 * An agent stands beside the scenarios that declare it: its name over the whole run would put the findings of other
 * agents down to it.
 */
export function testedView(scenarios: readonly JudgedScenario[]): TestedView {
  const rows = scenarios
    .map((judged, index) => ({ status: judged.verdict.status, row: testedScenario(judged, index) }))
    .toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status))
  const others = rows.slice(shownScenarios)
  return {
    count: countOf(rows.map(({ status }) => status)),
    shown: rows.slice(0, shownScenarios).map(({ row }) => row),
    others: others.map(({ row }) => row),
    othersCount: `${quantity(others.length, 'more scenario')}${others.every(({ status }) => status === 'pass') ? ', all passed' : ''}`,
  }
}

function testedScenario({ scenario, verdict: { status } }: JudgedScenario, index: number): TestedScenario {
  const agents = new Set(declarationResults(scenario).map(({ declaration }) => declaration.agent))
  return {
    tone: statusLooks[status].tone,
    sign: statusLooks[status].sign,
    word: outcomes[status],
    name: scenario.name,
    anchor: `scenario-${index + 1}`,
    agents: agents.size === 0 ? '' : `declared for ${[...agents].join(', ')}`,
  }
}

function countOf(statuses: readonly Status[]): string {
  const counted = order.flatMap((status) => {
    const count = statuses.filter((each) => each === status).length
    return count === 0 ? [] : [{ count: grouped(count), word: outcomes[status] }]
  })
  const [first, ...others] = counted
  if (first === undefined) return 'No scenario was run'
  const all = `${first.count} of ${quantity(statuses.length, 'scenario')} ${first.word}`
  return [all, ...others.map(({ count, word }) => `${count} ${word}`)].join(', ')
}
