import { inSeconds } from '../../properties/virtual-time.ts'
import { escapeText } from './chart-geometry.ts'
import type { LaneLayout, Stop } from './lane-layout.ts'

/** Pixels that the time at one mark takes. */
const timeWidth = 64
/** Pixels by which a time begins left of its mark. */
const lead = 6
/** Pixels from one row of times to the next. */
const rowHeight = 14
/** Times that decide may take a second row where they stand close together. */
const rows = 2

/** Pixels that the times below a chart take. */
export const timesHeight = rows * rowHeight + 10

interface Placed {
  readonly stop: Stop
  readonly row: number
}

/**
 * The times below a lane chart: those that decide first and in bold, then any other that there is room for.
 *
 * @param deciding virtual milliseconds
 * @param y pixels from the top to the first row
 * @param left pixels left of the lanes
 */
export function drawTimes({ stops }: LaneLayout, deciding: readonly number[], y: number, left: number): string[] {
  const firsts = stops.filter(({ at }, index) => stops[index - 1]?.at !== at)
  const wanted = new Set(deciding)
  const isDeciding = ({ at }: Stop) => wanted.has(at)
  const placed: Placed[] = []
  const put = (stop: Stop, most: number): void => {
    const isFree = (row: number) =>
      placed.every((other) => other.row !== row || Math.abs(other.stop.x - stop.x) >= timeWidth)
    const row = Array.from({ length: most }, (_, index) => index).find(isFree)
    if (row !== undefined) placed.push({ stop, row })
  }
  for (const stop of firsts.filter(isDeciding)) put(stop, rows)
  for (const stop of firsts.filter((each) => !isDeciding(each))) put(stop, 1)
  return placed
    .toSorted((a, b) => a.stop.x - b.stop.x)
    .map(
      ({ stop, row }) =>
        `<text class="${isDeciding(stop) ? 'deciding' : 'note'}" x="${left + stop.x - lead}" y="${y + row * rowHeight}">${escapeText(inSeconds(stop.at))}</text>`,
    )
}
