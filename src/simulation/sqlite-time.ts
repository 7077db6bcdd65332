import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { epochMs } from '../contract/epoch.ts'
import { type Reckon, reckonerLike } from './sqlite-reckoner.ts'
import type { World } from './world.ts'

/** The functions of SQLite that read the clock, with the places where they take a time. */
const timeFunctions: Readonly<Record<string, readonly number[]>> = {
  date: [0],
  time: [0],
  datetime: [0],
  julianday: [0],
  unixepoch: [0],
  strftime: [1],
  timediff: [0, 1],
}

const currentTimes: Readonly<Record<string, string>> = {
  current_date: 'date',
  current_time: 'time',
  current_timestamp: 'datetime',
}

/**
 * Gives a connection the clock and the dice of a world: `CURRENT_TIMESTAMP`, `datetime('now')`, `random()` and their
 * like would otherwise put the time of the machine into the rows, and the rows into the trace.
 *
 * SQLite still does the reckoning, on a time that it is told. Within one statement time stands still, as it does there.
 */
export function giveVirtualTime(database: DatabaseSync, world: World): void {
  const reckon = reckonerLike(database)
  const now = (): string => new Date(epochMs + world.clock.nowMs).toISOString()
  for (const [name, places] of Object.entries(timeFunctions)) {
    const onTime = (...given: SQLOutputValue[]): SQLInputValue => reckon(name, timed(given, places, now()))
    database.function(name, { deterministic: true, varargs: true, useBigIntArguments: true }, onTime)
  }
  for (const [name, by] of Object.entries(currentTimes)) {
    database.function(name, { deterministic: true }, () => reckon(by, [now()]))
  }
  giveDice(database, world)
}

/** Arguments with the time of the world where they say `now`, or say nothing. */
function timed(given: readonly SQLOutputValue[], places: readonly number[], now: string): Parameters<Reckon>[1] {
  const isNow = (value: SQLOutputValue) => typeof value === 'string' && value.toLowerCase() === 'now'
  const told = given.map((value, index) => (places.includes(index) && isNow(value) ? now : value))
  return given.length === places[0] ? [...told, now] : told
}

function giveDice(database: DatabaseSync, { random }: World): void {
  database.function('random', () => {
    const high = BigInt(random.uint32())
    return BigInt.asIntN(64, (high << 32n) | BigInt(random.uint32()))
  })
  database.function('randomblob', (length: SQLOutputValue) => {
    const bytes = new Uint8Array(Math.max(1, Math.trunc(Number(length)) || 1))
    random.fill(bytes)
    return bytes
  })
}
