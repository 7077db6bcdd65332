import type { Results, Status } from '../../results/results-schema.ts'
import { type Tone, renderBadge } from './render-badge.ts'

const tones: Readonly<Record<Status, Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'open',
  'harness failure': 'torn',
}

/** The verdict of a run as a badge. */
export function verdictBadge({ verdict: { status } }: Results): string {
  return renderBadge({ label: 'shakedown', message: status, tone: tones[status] })
}
