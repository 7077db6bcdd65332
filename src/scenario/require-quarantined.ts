import { usageError } from '../contract/errors.ts'
import type { Task } from '../contract/task.ts'
import type { Quarantine } from '../results/quarantine/quarantine-schema.ts'
import { isGateAmong } from '../results/quarantine/quarantine-terms.ts'
import type { Measure } from './measure-input.ts'

/** What quarantines of a scenario may speak of. */
export interface QuarantineGround {
  /** E.g. `scenario "support"`. */
  readonly place: string
  readonly tasks: readonly Task[]
  readonly measure: Pick<Measure, 'objectives' | 'repeatGates'> | null
}

/**
 * Refuses a quarantine of something that the scenario does not have: it would hold nothing back, and nobody would know.
 *
 * @throws {ShakedownError} of kind `usage` naming it
 */
export function requireQuarantined(quarantines: readonly Quarantine[], ground: QuarantineGround): void {
  const { place, tasks, measure } = ground
  for (const { task, gate } of quarantines) {
    if (task !== undefined && !tasks.some(({ id }) => id === task)) {
      const known = tasks.map(({ id }) => `"${id}"`).join(', ')
      throw usageError(
        'QUARANTINE',
        `${place}: quarantine of task "${task}", which it does not have; name one of ${known}.`,
      )
    }
    if (task !== undefined && tasks.length === 1) {
      throw usageError(
        'QUARANTINE',
        `${place}: quarantine of task "${task}", its only one; write \`scenario: true\` to put all of it into quarantine.`,
      )
    }
    if (gate !== undefined && !isGateAmong(gate, [...(measure?.objectives ?? []), ...(measure?.repeatGates ?? [])])) {
      throw usageError(
        'QUARANTINE',
        `${place}: quarantine of the gate ${JSON.stringify(gate)}, which is none of its measure; give the very gate that stands under \`objectives\` or \`gates\`.`,
      )
    }
  }
}
