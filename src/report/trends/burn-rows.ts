import { underCondition } from '../../results/condition-words.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { BurnTrend, BurnWindowPair, Trends, WindowCounts } from '../../results/trends/trends.ts'
import { objectiveWords } from '../measure/objective-words.ts'
import type { ServiceRow, ServiceTable } from '../measure/service-table.ts'
import { roundSpan } from '../span.ts'

const looks = {
  page: { sign: '✕', tone: 'bad' },
  ticket: { sign: '!', tone: 'open' },
  quiet: { sign: '✓', tone: 'good' },
  'too few events': { sign: '–', tone: 'none' },
} as const satisfies Record<string, Pick<ServiceRow, 'sign' | 'tone'>>

type Look = keyof typeof looks

const gravity = Object.keys(looks) as readonly Look[]

/** The error budget of each objective over the runs, with a column for each rule of its alerts; what fires comes first. */
export function burnTable({ burns, periodMs }: Trends): ServiceTable {
  const rules = burns[0]?.windows ?? []
  return {
    title: `Burn rates of error budgets, period ${roundSpan(periodMs)}`,
    columns: ['Alert', 'Objective', 'Scenario', ...rules.map(ruleWords)],
    rows: burns.toSorted((one, other) => gravity.indexOf(lookOf(one)) - gravity.indexOf(lookOf(other))).map(rowOf),
  }
}

/** The gravest that any rule says. */
function lookOf({ windows }: BurnTrend): Look {
  const said = windows.map(({ state, severity }): Look => (state === 'firing' ? severity : state))
  return gravity.find((look) => said.includes(look)) ?? 'too few events'
}

function ruleWords({ severity, longMs, shortMs, factor }: BurnWindowPair): string {
  return `Times faster than allowed over ${roundSpan(longMs)} and ${roundSpan(shortMs)}: ${severity} from ${decimal(factor)}`
}

function rowOf(burn: BurnTrend): ServiceRow {
  const { scenario, objective, condition, windows } = burn
  const look = lookOf(burn)
  const title = `${objectiveWords(objective)}, ${underCondition(condition)}`
  const firing = windows.find(({ state, severity }) => state === 'firing' && severity === look)
  return {
    ...looks[look],
    word: look,
    cells: [title, scenario, ...windows.map(cellText)],
    sentence:
      firing === undefined
        ? ''
        : `${look}: the error budget of ${title}, in ${scenario}, burns ${windowText(firing.long, firing.longMs)} and ${windowText(firing.short, firing.shortMs)}; the alert fires from ${times(firing.factor)} on`,
  }
}

function cellText({ state, long, short, minimumEvents }: BurnWindowPair): string {
  if (state === 'too few events')
    return `${grouped(long.good + long.bad)} of the ${quantity(minimumEvents, 'event')} needed`
  return `${bareRate(long)} and ${bareRate(short)}${state === 'firing' ? ', fires' : ''}`
}

/** `15.2 times as fast as allowed over 3 days (152 of 1,000 bad)`. */
function windowText(counts: WindowCounts, windowMs: number): string {
  const { good, bad, rate } = counts
  const how = rate === 'infinite' ? 'although nothing may fail' : `${bareRate(counts)} times as fast as allowed`
  return `${how} over ${roundSpan(windowMs)} (${grouped(bad)} of ${grouped(good + bad)} bad)`
}

/** `15.2`, or what is there instead of a rate. */
function bareRate({ rate }: WindowCounts): string {
  if (rate === null) return 'no event'
  return rate === 'infinite' ? 'no failure allowed' : decimal(rate)
}

function times(factor: number): string {
  return `${decimal(factor)} ${factor === 1 ? 'time' : 'times'}`
}

/** At most two digits after the point, and no more than it has: `14.4`. */
function decimal(factor: number): string {
  return factor > 0 && factor < 0.005 ? 'less than 0.01' : String(Number(factor.toFixed(2)))
}
