import type { FindingHistory, Trends } from '../../results/trends/trends.ts'
import { runTime } from './run-words.ts'

/** A violation over the runs as a row of a table, never told by colour alone. */
export interface FindingRow {
  readonly sign: string
  readonly word: string
  readonly tone: 'good' | 'bad' | 'open' | 'none'
  readonly property: string
  readonly scenario: string
  /** Since when it fails; empty where it does not. */
  readonly since: string
  /** One sign a run: ✕ violated, ✓ held, · not judged. */
  readonly seen: string
  /** The same in words, for those who do not see signs. */
  readonly seenWords: string
}

const looks = {
  new: { sign: '✕', tone: 'bad' },
  'still failing': { sign: '✕', tone: 'bad' },
  flaky: { sign: '!', tone: 'open' },
  'not judged': { sign: '?', tone: 'open' },
  fixed: { sign: '✓', tone: 'good' },
} as const satisfies Record<FindingHistory['state'], Pick<FindingRow, 'sign' | 'tone'>>

const order: readonly FindingHistory['state'][] = ['new', 'flaky', 'still failing', 'not judged', 'fixed']

const signs = { violated: '✕', holds: '✓' } as const

/** Runs whose signs are shown. */
const shownRuns = 30

/** What became of findings, what needs somebody first. */
export function findingRows(trends: Trends): FindingRow[] {
  return trends.findings
    .toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
    .map((history) => rowOf(history, trends))
}

function rowOf(history: FindingHistory, { runs }: Trends): FindingRow {
  const { scenario, property, name, state, now, isAccepted, since, seen } = history
  const first = since === null ? undefined : runs[since]
  const shown = seen.slice(-shownRuns)
  const violated = shown.filter(({ what }) => what === 'violated').length
  return {
    ...looks[state],
    word: `${state}${state === 'flaky' ? flakyNow(now) : ''}${isAccepted ? ', accepted' : ''}`,
    ...{ property: `${property} ${name}`, scenario },
    since: first === undefined ? '' : first === runs.at(-1) ? 'this run' : runTime(first),
    seen: shown.map(({ what }) => (what === null ? '·' : signs[what])).join(''),
    seenWords: `violated in ${violated} of the last ${shown.length} runs`,
  }
}

function flakyNow(now: FindingHistory['now']): string {
  if (now === null) return ', not judged now'
  return now === 'violated' ? ', failing now' : ', not seen now'
}
