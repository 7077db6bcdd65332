import { epochMs } from '../../contract/epoch.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** The wall clock of the calling code: virtual inside a world, real outside. */
export function wallClockMs(realNow: () => number): number {
  const world = currentContext()?.world
  return world === undefined ? realNow() : epochMs + world.clock.wallMs
}

/** Virtual `Date` and the default dates of `Intl.DateTimeFormat`. */
export function patchDate(patches: PatchSet): void {
  const RealDate = Date
  const realNow = RealDate.now.bind(RealDate)
  const now = (): number => wallClockMs(realNow)

  // A function, not a class: Date can be called without new, and every instance must share Date's own prototype.
  function WorldDate(this: unknown, ...args: unknown[]): Date | string {
    if (new.target === undefined) return new RealDate(now()).toString()
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target) as Date
  }
  resemble(WorldDate, RealDate)
  Object.defineProperty(WorldDate, 'prototype', { value: RealDate.prototype, writable: false })
  Object.defineProperty(WorldDate, 'now', { value: now, writable: true, configurable: true })

  patches.replace(globalThis, 'Date', WorldDate)
  patches.replace(RealDate.prototype, 'constructor', WorldDate)
  patchIntl(patches, now)
}

function patchIntl(patches: PatchSet, now: () => number): void {
  const prototype = Intl.DateTimeFormat.prototype
  const realFormat = Object.getOwnPropertyDescriptor(prototype, 'format')?.get
  const realFormatToParts = prototype.formatToParts
  if (realFormat === undefined) return
  patches.replaceGetter(prototype, 'format', function (this: unknown) {
    const format = realFormat.call(this) as (date?: Date | number) => string
    return (date?: Date | number) => format(date ?? now())
  })
  const formatToParts = function (this: Intl.DateTimeFormat, date?: Date | number): Intl.DateTimeFormatPart[] {
    return realFormatToParts.call(this, date ?? now())
  }
  patches.replace(prototype, 'formatToParts', resemble(formatToParts, realFormatToParts))
}
