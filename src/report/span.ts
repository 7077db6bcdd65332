import { grouped, quantity } from '../results/quantity.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Virtual milliseconds as somebody would say them, in the largest unit that leaves two or more: `41 h`, `3 min`. */
export function roundSpan(virtualMs: number): string {
  if (virtualMs >= 2 * dayMs) return quantity(Math.round(virtualMs / dayMs), 'day')
  if (virtualMs >= 2 * hourMs) return `${Math.round(virtualMs / hourMs)} h`
  if (virtualMs >= 2 * minuteMs) return `${Math.round(virtualMs / minuteMs)} min`
  if (virtualMs >= secondMs) return `${Math.round(virtualMs / secondMs)} s`
  return `${virtualMs} ms`
}

/** Virtual milliseconds in seconds, with no more digits than they have: `20 s`, `0.5 s`, `3,600 s`. */
export function exactSpan(virtualMs: number): string {
  const fraction = virtualMs % secondMs
  const digits =
    fraction === 0
      ? ''
      : `.${String(fraction)
          .padStart(3, '0')
          .replace(/(?<!0)0+$/, '')}`
  return `${grouped(Math.floor(virtualMs / secondMs))}${digits} s`
}
