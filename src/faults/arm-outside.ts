import { usageError } from '../contract/errors.ts'
import type { Fault } from '../contract/fault.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'
import { noInterference } from '../wire/interference.ts'
import type { Arm } from '../wire/proxy/armed-plan.ts'
import type { Seam } from '../wire/seam.ts'
import type { WorldNeed } from './catalogue-member.ts'
import { catalogueMember } from './catalogue.ts'
import { PlanInjector } from './plan-injector.ts'

/** Where faults strike real services, outside any simulated world. */
export type Outside = 'proxy' | 'MCP shim'

/** What can be struck there. */
interface Reach {
  readonly kinds: readonly UpstreamKind[]
  readonly kindWords: string
  readonly seam: Seam
}

const reaches: Readonly<Record<Outside, Reach>> = {
  proxy: { kinds: ['model', 'tool', 'mcp'], kindWords: 'a model, a tool or an MCP server (mcp)', seam: 'http' },
  'MCP shim': { kinds: ['mcp'], kindWords: 'an MCP server (mcp)', seam: 'pipe' },
}

/** Injection never ends. */
const never = Number.POSITIVE_INFINITY

/**
 * Arms plans for use outside a simulated world.
 *
 * What can strike nothing there is refused: a plan that silently does less than it says would pass for withstood.
 */
export function armOutside(outside: Outside, seed: string): Arm {
  return (plan) => {
    if (plan.faults.length === 0) return noInterference
    const injector = new PlanInjector(plan, seed, never)
    for (const [index, fault] of plan.faults.entries()) requireReach(fault, index, outside)
    return injector
  }
}

function requireReach({ id, target: { kind } }: Fault, index: number, outside: Outside): void {
  const { kinds, kindWords, seam } = reaches[outside]
  const { needs, seams = ['http'] } = catalogueMember(id)
  const why = needs === undefined ? missedSeam(seams, seam, outside) : missed(needs, outside)
  if (why !== null)
    throw impossible(index, id, `${why}; run the agent in a scenario for it, or take it out of the plan.`)
  if (kinds.includes(kind)) return
  throw impossible(index, id, `aims at the kind "${kind}", which the ${outside} never sees; aim it at ${kindWords}.`)
}

function missed(need: WorldNeed, outside: Outside): string {
  switch (need) {
    case 'process':
      return `happens to the agent's own process, which the ${outside} does not hold`
    case 'earlier answers':
      return `says what was answered before, which the ${outside} does not keep`
    case 'what is received':
      return `changes what the service receives, which the ${outside} hands on as it is`
  }
}

function missedSeam(seams: readonly Seam[], seam: Seam, outside: Outside): string | null {
  if (seams.includes(seam)) return null
  return `strikes at the seam ${seams.map((one) => `"${one}"`).join(' or ')}, and the ${outside} has only the seam "${seam}"`
}

function impossible(index: number, id: string, what: string): Error {
  return usageError('IMPOSSIBLE_FAULT', `fault ${index + 1} of the plan, "${id}", ${what}`)
}
