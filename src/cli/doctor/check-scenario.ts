import type { EvidencedDeclaration } from '../../objectives/accuracy-declaration.ts'
import { acceptanceChecks } from '../../results/doctor/acceptance-checks.ts'
import { type Check, checking } from '../../results/doctor/check.ts'
import { validityCheck } from '../../results/doctor/declaration-checks.ts'
import { gateChecks, withoutQuarantine } from '../../results/doctor/gate-checks.ts'
import type { Today } from '../../results/doctor/last-day-check.ts'
import { quarantineChecks } from '../../results/doctor/quarantine-checks.ts'
import { quantity } from '../../results/quantity.ts'
import { quarantineOn } from '../../results/quarantine/quarantine-terms.ts'
import type { MeasureDescription, ScenarioAddress, ScenarioDescription } from '../../runner/job.ts'
import { type WantedTrials, measurePlan, measureTrials } from '../../runner/tell-resolution.ts'
import { WorkerLost } from '../../runner/worker-process.ts'
import type { WorkerPool } from '../../runner/worker-pool.ts'
import { checkAgent } from './check-agent.ts'
import type { Idle } from './latest-report.ts'

/** What a scenario is looked at with. */
export interface ScenarioTerms extends Today, WantedTrials {
  readonly inForce: readonly EvidencedDeclaration[]
  /** What the latest report had no use for, by the name of the scenario. */
  readonly idle: ReadonlyMap<string, Idle>
}

/** What was found of a scenario. */
export interface CheckedScenario {
  readonly address: ScenarioAddress
  readonly checks: readonly Check[]
  /** Null where it does not load. */
  readonly name: string | null
  /** What can be burned in; null where it has no measure, or where its agent does not get through a trial. */
  readonly measure: MeasureDescription | null
}

/** Whether a scenario loads, its agent starts, its acceptances hold and its gates can be decided. */
export async function checkScenario(
  pool: WorkerPool,
  address: ScenarioAddress,
  terms: ScenarioTerms,
): Promise<CheckedScenario> {
  const check = checking('scenario', address.file)
  try {
    const description = await pool.run('describe', address)
    const measure = await pool.run('describe-measure', address)
    const agent = await checkAgent(pool, address, description)
    const loads = check.ok(`it loads: "${description.name}", ${quantity(description.tasks, 'task')}`)
    return {
      address,
      name: description.name,
      measure: agent.state === 'ok' ? measure : null,
      checks: [loads, agent, ...untilTheirDay(description, terms), ...gates(measure, terms)],
    }
  } catch (error) {
    const lost = check.problem('it takes its process along when it is loaded', 'look at what its modules do at once')
    return {
      address,
      name: null,
      measure: null,
      checks: [error instanceof WorkerLost ? lost : check.failed(error)],
    }
  }
}

function untilTheirDay(
  { name, accepted, quarantine, properties }: ScenarioDescription,
  { idle, ...when }: ScenarioTerms,
): Check[] {
  const { unused = [], unneeded = [] } = idle.get(name) ?? {}
  return [
    ...acceptanceChecks({ name, accepted, properties: properties.map(({ id }) => id), unused }, when),
    ...quarantineChecks({ name, quarantine, unneeded }, when),
  ]
}

function gates(measure: MeasureDescription | null, terms: ScenarioTerms): Check[] {
  if (measure === null) return []
  const { scenario, declaration, conditions, repeatGates, familywise } = measure
  const own = declaration === null ? [] : [validityCheck(declaration, `of "${scenario}"`, terms)]
  const plan = {
    ...measurePlan(measure, measureTrials(measure, terms), terms.inForce),
    scenario,
    conditions: conditions.map(({ name }) => name),
    repeatGates,
    familywise,
  }
  return [...own, ...gateChecks(withoutQuarantine(plan, quarantineOn(terms.today, measure.quarantine)))]
}
