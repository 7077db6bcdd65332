import { burnAlerts } from '../../src/objectives/budgets/burn-alerts.ts'
import { burnRate } from '../../src/objectives/budgets/burn-rate.ts'
import type { errorBudget } from '../../src/objectives/budgets/error-budget.ts'
import type { RandomStream } from '../../src/simulation/random-stream.ts'
import type { Claim } from './claim.ts'

/** Counted one by one, in whole units only: a target of so many thousandths leaves `spare` units for each event. */
interface Tally {
  readonly events: number
  readonly bad: number
  readonly spare: number
}

const minuteMs = 60_000
const windowMs = 60 * minuteMs

/** Budgets, burn rates and alerts are what counting event by event says, after every single event. */
export function budgetsAgree(
  budget: typeof errorBudget,
  random: RandomStream,
  { series, events }: { readonly series: number; readonly events: number },
): Claim {
  const seen = { checks: 0, differences: 0, exhausted: 0, firing: 0 }
  for (let index = 0; index < series; index++) {
    const thousandths = random.integer(random.integer(0, 3) === 0 ? 500 : 960, 1_001)
    walk(budget, random, thousandths, events, seen)
  }
  return {
    promise: 'budgets, burn rates and alerts are what counting event by event says',
    grid: `${series} series of ${events} events with targets of whole thousandths, checked after each event; ${seen.exhausted} times exhausted, ${seen.firing} times firing`,
    figures: `budgets ${seen.checks} checks, ${seen.differences} differences`,
    isHeld: seen.differences === 0 && seen.exhausted > 0 && seen.firing > 0 && seen.exhausted < seen.checks,
  }
}

function walk(
  budget: typeof errorBudget,
  random: RandomStream,
  thousandths: number,
  events: number,
  seen: { checks: number; differences: number; exhausted: number; firing: number },
): void {
  const target = thousandths / 1_000
  // Some about their target, some as bad as can be.
  const most = random.integer(0, 3) === 0 ? 1_000 : 2 * (1_000 - thousandths) + 5
  const badPerThousand = random.integer(0, most)
  const counted: { at: number; good: number; bad: number; excluded: number }[] = []
  let at = 0
  for (let event = 0; event < events; event++) {
    at += random.integer(0, 2 * minuteMs)
    const kind = random.integer(0, 50) === 0 ? 'excluded' : random.integer(0, 1_000) < badPerThousand ? 'bad' : 'good'
    counted.push({ at, good: 0, bad: 0, excluded: 0, [kind]: 1 })
    const rule = { severity: 'page', budgetShare: 0.02, longMs: windowMs, shortMs: 5 * minuteMs } as const
    const [alert] = burnAlerts(counted, { target, at, rules: [rule], minimumEvents: 10 })
    const good = counted.filter((each) => each.good === 1).length
    const bad = counted.filter((each) => each.bad === 1).length
    const found = budget({ target, good, bad, excluded: counted.length - good - bad })
    const all = tallyOf(counted, -1, thousandths)
    const long = tallyOf(counted, at - windowMs, thousandths)
    const short = tallyOf(counted, at - 5 * minuteMs, thousandths)
    const state = stateOf(long, short)
    const agrees = [
      found.status === statusOf(all),
      isSame(found.remaining, remainingOf(all)),
      isSame(found.allowed, (all.events * all.spare) / 1_000),
      isSame(found.eventsLeft, (all.events * all.spare - 1_000 * all.bad) / 1_000),
      isSame(burnRate(counted, { target, windowMs, at }).rate, burnOf(long)),
      alert?.state === state,
    ]
    seen.checks += agrees.length
    seen.differences += agrees.filter((each) => !each).length
    if (found.status === 'exhausted') seen.exhausted++
    if (state === 'firing') seen.firing++
  }
}

function tallyOf(
  counted: readonly { at: number; good: number; bad: number }[],
  after: number,
  thousandths: number,
): Tally {
  let [events, bad] = [0, 0]
  for (const each of counted) {
    if (each.at <= after) continue
    if (each.good === 1 || each.bad === 1) events++
    if (each.bad === 1) bad++
  }
  return { events, bad, spare: 1_000 - thousandths }
}

function remainingOf({ events, bad, spare }: Tally): number | null {
  return events * spare === 0 ? null : (events * spare - 1_000 * bad) / (events * spare)
}

function statusOf({ events, bad, spare }: Tally): string {
  if (events === 0) return 'unknown'
  if (spare === 0) return bad === 0 ? 'healthy' : 'exhausted'
  const [whole, left] = [events * spare, events * spare - 1_000 * bad]
  if (left <= 0) return 'exhausted'
  if (10 * left < whole) return 'critical'
  return 4 * left < whole ? 'at risk' : 'healthy'
}

function burnOf({ events, bad, spare }: Tally): number | null {
  if (events === 0) return null
  if (bad === 0) return 0
  return spare === 0 ? Number.POSITIVE_INFINITY : (1_000 * bad) / (events * spare)
}

/** The share of 2 % of a budget of 30 days in an hour is a burn of 14.4. */
function stateOf(long: Tally, short: Tally): string {
  if (long.events < 10) return 'too few events'
  const burns = ({ events, bad, spare }: Tally): boolean =>
    events > 0 && bad > 0 && 10_000 * bad >= 144 * events * spare
  return burns(long) && burns(short) ? 'firing' : 'quiet'
}

/** Equal but for the last digit, as a quotient of two whole numbers is. */
function isSame(found: number | null, counted: number | null): boolean {
  if (found === null || counted === null || !Number.isFinite(counted)) return found === counted
  return Math.abs(found - counted) <= Number.EPSILON * Math.max(1, Math.abs(counted))
}
