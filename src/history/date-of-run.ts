import { usageError } from '../contract/errors.ts'
import type { Environment } from '../results/environment-schema.ts'
import { realClock } from '../simulation/real-clock.ts'

/** A day, or a day and a time in UTC, that stands by itself in a name: `2026-11-23`, `20261123T083000Z`. */
const dated =
  /(?<![0-9A-Za-z])(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2})[:-]?(\d{2})[:-]?(\d{2})(?:\.\d{1,3})?Z?)?(?![0-9A-Za-z])/

/**
 * When a run took place, ISO 8601 in UTC: what its environment says, or else the day in the name of its file or folder.
 *
 * Results themselves hold no clock. The times of files say when they were copied, and are not asked.
 *
 * @param name the path below the folder of earlier results, with forward slashes
 * @param place how the file is called in the error
 * @throws {ShakedownError} of kind `usage` where neither says it
 */
export function dateOfRun(environment: Environment | null, name: string, place: string): string {
  const at = (environment && isoTime(environment.startedAt)) ?? dateIn(name)
  if (at !== null) return at
  throw usageError(
    'NO_DATE',
    `${place}: nothing says when this run took place; put its environment.json beside it, or write the day into its name, e.g. "2026-11-23.json".`,
  )
}

/** The last date of a path: the file's own stands before its folder's. */
function dateIn(name: string): string | null {
  for (const part of name.split('/').toReversed()) {
    const [, year, month, day, hour = '00', minute = '00', second = '00'] = dated.exec(part) ?? []
    if (year === undefined) continue
    const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`
    const at = isoTime(`${text}Z`)
    // The 31st of February is none.
    if (at?.startsWith(text) === true) return at
  }
  return null
}

function isoTime(text: string): string | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : realClock.isoTime(time)
}
