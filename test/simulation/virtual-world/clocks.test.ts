import '../_install.ts'
import { performance as imported } from 'node:perf_hooks'
import process, { hrtime as importedHrtime } from 'node:process'
import { describe, expect, it } from 'vitest'
import { epochMs } from '../../../src/contract/epoch.ts'
import { inWorld } from '../_world.ts'

const CapturedDate = Date
const capturedNow = Date.now

/** Reads a clock at the start of a world and 90 061 ms later. */
async function twice<Value>(read: () => Value): Promise<Value[]> {
  const run = await inWorld(async () => {
    const first = read()
    await new Promise((resolve) => setTimeout(resolve, 90_061))
    return [first, read()]
  })
  expect(run.error).toBeUndefined()
  return run.value ?? []
}

const nodeMajor = Number(process.versions.node.split('.')[0])

describe('clocks in a world', () => {
  it('Date is virtual: called, constructed, asked for now, and captured early', async () => {
    const times = [epochMs, epochMs + 90_061]
    expect(await twice(() => Date.now())).toEqual(times)
    expect(await twice(() => capturedNow())).toEqual(times)
    expect(await twice(() => new Date().getTime())).toEqual(times)
    expect(await twice(() => new CapturedDate().valueOf())).toEqual(times)
    expect(await twice(() => Date())).toEqual(times.map((time) => new Date(time).toString()))
    expect(await twice(() => Date.call(undefined))).toEqual(times.map((time) => new Date(time).toString()))
  })

  it('Date stays the Date it was in everything else', async () => {
    class Stamp extends Date {}
    const run = await inWorld(() => {
      const date = new Date()
      return [
        date instanceof Date,
        date.constructor === Date,
        Object.prototype.toString.call(date),
        new Stamp() instanceof Stamp,
        new Stamp().getTime(),
        new Date(2026, 0, 2, 3).getHours(),
        Date.UTC(2026),
        Date.parse('2026-01-01T00:00:00Z'),
        Date.length,
        Date.name,
        structuredClone(date).getTime(),
      ]
    })
    expect(run.value).toEqual([true, true, '[object Date]', true, epochMs, 3, epochMs, epochMs, 7, 'Date', epochMs])
    expect(Math.abs(Date.now() - new Date().getTime())).toBeLessThan(60_000)
    expect(Date.now()).not.toBe(epochMs)
  })

  it('Intl formats the virtual date where it is given none', async () => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', timeStyle: 'medium', dateStyle: 'short' })
    expect(await twice(() => format.format())).toEqual(['01/01/2026, 00:00:00', '01/01/2026, 00:01:30'])
    const minutes = await twice(() => format.formatToParts().find(({ type }) => type === 'minute')?.value)
    expect(minutes).toEqual(['00', '01'])
    expect(await twice(() => format.format(0))).toEqual(['01/01/1970, 00:00:00', '01/01/1970, 00:00:00'])
    expect(await twice(() => new Date().toLocaleTimeString('en-GB', { timeZone: 'UTC' }))).toEqual([
      '00:00:00',
      '00:01:30',
    ])
  })

  it('performance is virtual: now, timeOrigin, mark and measure', async () => {
    expect(await twice(() => performance.now())).toEqual([0, 90_061])
    expect(await twice(() => imported.now())).toEqual([0, 90_061])
    expect(await twice(() => performance.timeOrigin)).toEqual([epochMs, epochMs])
    expect(await twice(() => performance.toJSON().timeOrigin)).toEqual([epochMs, epochMs])
    expect(await twice(() => performance.mark('here').startTime)).toEqual([0, 90_061])
    const measured = await inWorld(async () => {
      performance.mark('start')
      await new Promise((resolve) => setTimeout(resolve, 800))
      const { startTime, duration } = performance.measure('all', 'start')
      return [
        startTime,
        duration,
        performance.measure('whole').duration,
        performance.measure('to', undefined, 'start').duration,
      ]
    })
    expect(measured.value).toEqual([0, 800, 800, 0])
    performance.clearMarks()
    performance.clearMeasures()
  })

  it('hrtime is virtual, as pair, as difference and as bigint', async () => {
    expect(await twice(() => process.hrtime())).toEqual([
      [0, 0],
      [90, 61_000_000],
    ])
    expect(await twice(() => importedHrtime([0, 500_000_000]))).toEqual([
      [-1, 500_000_000],
      [89, 561_000_000],
    ])
    expect(await twice(() => process.hrtime.bigint())).toEqual([0n, 90_061_000_000n])
  })

  it('uptime counts from the start of the trial', async () => {
    expect(await twice(() => process.uptime())).toEqual([0, 90.061])
  })

  it('Temporal.Now is virtual, where Node has it', async () => {
    const temporal = Reflect.get(globalThis, 'Temporal')
    if (temporal === undefined) return expect(nodeMajor).toBeLessThan(26)
    const { Now } = temporal
    expect(await twice(() => String(Now.instant()))).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:01:30.061Z'])
    expect(await twice(() => String(Now.plainTimeISO('UTC')))).toEqual(['00:00:00', '00:01:30.061'])
    expect(await twice(() => String(Now.zonedDateTimeISO('UTC').toPlainDate()))).toEqual(['2026-01-01', '2026-01-01'])
  })
})
