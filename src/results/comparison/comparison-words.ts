import { underCondition } from '../condition-words.ts'
import { exactPercent, percent } from '../percent.ts'
import { grouped, quantity } from '../quantity.ts'
import type { ComparedCell, ComparedDifference, ComparedMean, Comparison } from './comparison-schema.ts'

/** A comparison in one line without its full stop, e.g. `REGRESSED against main.json: 1 of 4 rates is worse`. */
export function comparisonSummary({ status, baseline, cells, refusals, uncompared }: Comparison): string {
  const head = `${status.toUpperCase()} against ${baseline}`
  if (status === 'refused') return `${head}: ${refusalWords(refusals)}`
  const gating = cells.filter(({ isGating }) => isGating)
  const overall = gating.filter(({ task }) => task === null)
  const counts = (['regressed', 'undecided', 'improved', 'unchanged'] as const).flatMap((verdict) => {
    const count = overall.filter((cell) => cell.verdict === verdict).length
    return count === 0 ? [] : [`${count} ${verdict}`]
  })
  const dead = gating.length - overall.length
  const parts = [
    overall.length === 0
      ? 'nothing was compared'
      : `${quantity(overall.length, 'rate')} compared, ${counts.join(', ')}`,
    ...(dead === 0 ? [] : [`${quantity(dead, 'rate')} of a single task regressed`]),
    ...(uncompared.length === 0 ? [] : [`${uncompared.length} measured in only one of the two`]),
  ]
  return `${head}: ${parts.join('; ')}`
}

function refusalWords(refusals: readonly ComparedDifference[]): string {
  const parts = [...new Set(refusals.map(({ part }) => part))]
  return `${parts.join(', ')} differ`
}

/** How a refused comparison can be had after all. */
export function allowanceRemedy({ refusals }: Comparison): string {
  const parts = [...new Set(refusals.map(({ part }) => part))]
  return `measure a new baseline, or where this was meant to change allow it with --allow ${parts.join(' --allow ')}`
}

/** On what a comparison rests, in a sentence. */
export function comparisonBasis({ isPaired, seeds, cells, margin }: Comparison): string {
  const pairing = isPaired
    ? `the same trials of seed ${seeds.current} on both sides`
    : `unpaired, because the baseline has seed ${seeds.baseline} and this result seed ${seeds.current}: run with --seed ${seeds.baseline} for a sharper comparison`
  const units = new Set(cells.filter(({ task }) => task === null).map(({ unit }) => unit))
  const clusters = units.has('task') ? ', clustered by task where rates speak of tasks like these' : ''
  return `95 % intervals over ${pairing}${clusters}; p adjusted by Holm over ${quantity(cells.length, 'comparison')}; differences within ${points(margin)} count as none.`
}

/** Of which rate a cell speaks: `without faults`, `under tool failures, task "refund"`. */
export function cellPlace({ condition, task }: Pick<ComparedCell, 'condition' | 'task'>): string {
  return task === null ? underCondition(condition) : `${underCondition(condition)}, task "${task}"`
}

/** A cell in one sentence without its full stop. */
export function cellSentence(cell: ComparedCell): string {
  const { scenario, verdict, adjustedP, better, worse, unit, observations } = cell
  const over = unit === 'trial' ? '' : `; over ${quantity(observations, 'task')}`
  const turned = better === null || worse === null ? '' : `; ${better} turned good and ${worse} bad`
  const chance = adjustedP === null ? '' : `; p ${chanceText(adjustedP)}`
  return `${scenario}: task success ${cellPlace(cell)} ${verdict}: ${rateOfSide(cell.baseline)} before, ${rateOfSide(cell.current)} now, ${differenceText(cell)}${turned}${over}${chance}`
}

/** `1,804 of 2,000 (90.20 %)` */
export function rateOfSide({ solved, of }: ComparedCell['baseline']): string {
  return of === 0 ? 'none counted' : `${grouped(solved)} of ${grouped(of)} (${percent(solved / of)})`
}

/** `-7.70 points (-9.31 to -6.12)` */
export function differenceText({ difference, interval }: Pick<ComparedCell, 'difference' | 'interval'>): string {
  if (difference === null || interval === null) return 'unknown'
  return `${signed(difference * 100)} points (${signedDown(interval[0] * 100)} to ${signedUp(interval[1] * 100)})`
}

/** A p-value as readers want it; nothing is impossible. */
export function chanceText(p: number): string {
  return p < 0.0001 ? 'below 0.0001' : String(Number(p.toFixed(4)))
}

/** A mean in one sentence without its full stop. */
export function meanSentence(mean: ComparedMean): string {
  const { what, condition, baseline, current, difference, interval } = mean
  const [unit, digits] = what === 'latency' ? (['ms', 0] as const) : (['calls', 2] as const)
  const number = (value: number): string => value.toFixed(digits)
  const between =
    interval === null
      ? `too few ${mean.unit}s for an interval`
      : `${plus(number(interval[0]))} to ${plus(number(interval[1]))}`
  return `mean ${what} ${underCondition(condition)}: ${number(baseline)} ${unit} before, ${number(current)} now, ${plus(number(difference))} ${unit} (${between})`
}

function points(share: number): string {
  return `${exactPercent(share).replace(' %', '')} points`
}

function signed(value: number): string {
  return plus(value.toFixed(2))
}

function signedDown(value: number): string {
  return plus((Math.floor(Math.round(value * 1e6) / 1e4) / 100).toFixed(2))
}

function signedUp(value: number): string {
  return plus((Math.ceil(Math.round(value * 1e6) / 1e4) / 100).toFixed(2))
}

/** A sign on everything but zero, so that no reader takes a loss for a gain. */
function plus(number: string): string {
  const isZero = Number(number) === 0
  return isZero ? number.replace('-', '') : number.startsWith('-') ? number : `+${number}`
}
