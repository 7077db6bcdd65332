import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ShakedownError } from '../../contract/errors.ts'
import type { Quarantine } from '../../results/quarantine/quarantine-schema.ts'
import { readResultsFile } from '../read-results-file.ts'

/** What the latest whole run of a scenario had no use for. */
export interface Idle {
  /** Property IDs whose acceptances it did not use. */
  readonly unused: readonly string[]
  readonly unneeded: readonly Quarantine[]
}

/** The same by the name of the scenario; none where there is no report that can be read. */
export function idleInLatest(folder: string): ReadonlyMap<string, Idle> {
  const file = resolve(folder, 'results.json')
  if (!existsSync(file)) return new Map()
  try {
    return new Map(
      readResultsFile(file).scenarios.map(({ name, unusedAcceptances, quarantine }) => [
        name,
        {
          unused: unusedAcceptances.map(({ property }) => property),
          unneeded: quarantine.flatMap(({ state, sentence: _sentence, ...each }) =>
            state === 'unneeded' ? [each] : [],
          ),
        },
      ]),
    )
  } catch (error) {
    if (ShakedownError.is(error)) return new Map()
    throw error
  }
}
