import { wallClockMs } from './date.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** What is needed of Temporal, which Node has from version 26 on. */
interface TemporalGlobal {
  readonly Now: {
    instant(): Instant
    timeZoneId(): string
  }
  readonly Instant: { fromEpochMilliseconds(epochMs: number): Instant }
}
interface Instant {
  readonly epochMilliseconds: number
  toZonedDateTimeISO(timeZone: unknown): ZonedDateTime
}
interface ZonedDateTime {
  toPlainDateTime(): unknown
  toPlainDate(): unknown
  toPlainTime(): unknown
}

/** Virtual `Temporal.Now`, where the process has it. */
export function patchTemporal(patches: PatchSet): void {
  const temporal = Reflect.get(globalThis, 'Temporal') as TemporalGlobal | undefined
  if (temporal === undefined) return
  const { Now, Instant } = temporal
  const realInstant = Now.instant.bind(Now)
  const instant = (): Instant => {
    const real = realInstant()
    const nowMs = wallClockMs(() => real.epochMilliseconds)
    return nowMs === real.epochMilliseconds ? real : Instant.fromEpochMilliseconds(nowMs)
  }
  const zoned = (timeZone: unknown = Now.timeZoneId()): ZonedDateTime => instant().toZonedDateTimeISO(timeZone)
  const replacements = {
    instant,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (timeZone?: unknown) => zoned(timeZone).toPlainDateTime(),
    plainDateISO: (timeZone?: unknown) => zoned(timeZone).toPlainDate(),
    plainTimeISO: (timeZone?: unknown) => zoned(timeZone).toPlainTime(),
  }
  for (const [name, replacement] of Object.entries(replacements)) {
    patches.replace(Now, name, resemble(replacement, Reflect.get(Now, name) as object))
  }
}
