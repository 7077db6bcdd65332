import { epochMs } from '../../contract/epoch.ts'
import { currentContext } from '../world.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Virtual `performance`, `process.hrtime` and `process.uptime`: all count from the start of the trial. */
export function patchMonotonicClocks(patches: PatchSet): void {
  patchPerformance(patches)
  patchHrtime(patches)
  const realUptime = process.uptime.bind(process)
  const uptime = (): number => {
    const nowMs = virtualNowMs()
    return nowMs === undefined ? realUptime() : nowMs / 1000
  }
  patches.replace(process, 'uptime', resemble(uptime, process.uptime))
}

function virtualNowMs(): number | undefined {
  return currentContext()?.world.clock.nowMs
}

type PerformanceClock = typeof performance
type MarkOptions = Parameters<PerformanceClock['mark']>[1]
type PerformanceMeasure = ReturnType<PerformanceClock['measure']>
type MeasureOptions = Exclude<Parameters<PerformanceClock['measure']>[1], string | undefined>

function patchPerformance(patches: PatchSet): void {
  const prototype = Object.getPrototypeOf(performance) as PerformanceClock
  const real = { now: prototype.now, mark: prototype.mark, measure: prototype.measure }
  const realOrigin = Object.getOwnPropertyDescriptor(prototype, 'timeOrigin')?.get

  const now = function (this: PerformanceClock): number {
    return virtualNowMs() ?? real.now.call(this)
  }
  const mark = function (
    this: PerformanceClock,
    name: string,
    options?: MarkOptions,
  ): ReturnType<PerformanceClock['mark']> {
    const startTime = options?.startTime ?? virtualNowMs()
    return real.mark.call(this, name, startTime === undefined ? options : { ...options, startTime })
  }
  const measure = function (
    this: PerformanceClock,
    name: string,
    start?: string | MeasureOptions,
    end?: string,
  ): PerformanceMeasure {
    const nowMs = virtualNowMs()
    if (nowMs === undefined) return Reflect.apply(real.measure, this, [name, start, end]) as PerformanceMeasure
    const options = typeof start === 'object' ? start : { start: start ?? 0, end }
    const isEndKnown = options.end !== undefined || options.duration !== undefined
    return real.measure.call(this, name, { ...options, ...(isEndKnown ? {} : { end: nowMs }) })
  }
  patches.replace(prototype, 'now', resemble(now, real.now))
  patches.replace(prototype, 'mark', resemble(mark, real.mark))
  patches.replace(prototype, 'measure', resemble(measure, real.measure))
  if (realOrigin !== undefined) {
    patches.replaceGetter(prototype, 'timeOrigin', function () {
      return virtualNowMs() === undefined ? realOrigin.call(this) : epochMs
    })
  }
}

function patchHrtime(patches: PatchSet): void {
  const real = process.hrtime
  function hrtime(previous?: [number, number]): [number, number] {
    const nowMs = virtualNowMs()
    if (nowMs === undefined) return real(previous)
    const [sinceSeconds, sinceNanoseconds] = previous ?? [0, 0]
    const seconds = Math.trunc(nowMs / 1000) - sinceSeconds
    const nanoseconds = (nowMs % 1000) * 1_000_000 - sinceNanoseconds
    return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1_000_000_000] : [seconds, nanoseconds]
  }
  resemble(hrtime, real)
  const realBigint = real.bigint
  Object.defineProperty(hrtime, 'bigint', {
    value: () => {
      const nowMs = virtualNowMs()
      return nowMs === undefined ? realBigint() : BigInt(nowMs) * 1_000_000n
    },
    configurable: true,
    writable: true,
  })
  patches.replace(process, 'hrtime', hrtime)
}
