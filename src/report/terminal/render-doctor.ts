import { burnInTitle, gateBurnInSentences, steadinessWords } from '../../results/burn-in/burn-in-words.ts'
import type { Steadiness } from '../../results/burn-in/steadiness.ts'
import type { ScenarioBurnIn } from '../../results/burn-in/summarise-burn-in.ts'
import type { Check, GateOutlook } from '../../results/doctor/check.ts'
import type { DoctorReport } from '../../results/doctor/doctor-report.ts'
import { quantity } from '../../results/quantity.ts'
import type { Status } from '../../results/results-schema.ts'
import { visibleLine } from '../visible-text.ts'
import { type GateRow, gateTable } from './gate-table.ts'
import { type Paint, painter } from './paint.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { wrapText } from './wrap-text.ts'

const looks: Readonly<Record<Check['state'], Status>> = { ok: 'pass', warning: 'inconclusive', problem: 'fail' }

const steadyLooks: Readonly<Record<Steadiness, Status>> = {
  firm: 'pass',
  'nearly firm': 'pass',
  'coin toss': 'inconclusive',
  'never decided': 'inconclusive',
}

const checkWidth = 'warning'.length + 2
const steadinessWidth = 'never decided'.length + 2

/** Renders what the doctor found: a line for each check, then the gates of each burn-in, then how much there is to mend. */
export function renderDoctor(report: DoctorReport, { colour, columns }: TerminalOptions): string {
  const paint = painter(colour)
  const lines = [
    ...checkLines(report.checks, paint, columns),
    ...(report.burnIn ?? []).flatMap((burnIn) => burnInLines(burnIn, report.seed, paint, columns)),
    '',
    paint(looks[worstOf(report.checks)], summary(report)),
  ]
  return `${lines.join('\n')}\n`
}

/** Gates that follow each other are a table, every other check is a text. */
function checkLines(checks: readonly Check[], paint: Paint, columns: number): string[] {
  const lines: string[] = []
  for (let at = 0; at < checks.length; at++) {
    const check = checks[at]
    if (check === undefined) break
    const { state, where } = check
    const gates = gatesFrom(checks.slice(at), paint)
    if (gates.length === 0)
      lines.push(...labelled(paint, looks[state], state, checkWidth, [checkWords(check)], columns))
    else {
      const title = `Gates ${where ?? ''}, by how often an agent fails, compared with what is allowed:`
      lines.push(...gateTable(gates, title, checkWidth, columns))
      at += gates.length - 1
    }
  }
  return lines
}

/** The gates at the beginning of checks, as long as they are of one scenario and told of the same agents. */
function gatesFrom(checks: readonly Check[], paint: Paint): GateRow[] {
  const rows: GateRow[] = []
  for (const { gate, state, where, remedy } of checks) {
    if (gate === undefined || where !== checks[0]?.where || agentsOf(gate) !== agentsOf(checks[0].gate)) break
    rows.push({ gate, remedy, label: paint(looks[state], state) + ' '.repeat(checkWidth - state.length) })
  }
  return rows
}

function agentsOf(gate: GateOutlook | undefined): string {
  return (gate?.chances ?? []).map(({ agentFails }) => agentFails).join()
}

/** One line on a wide enough terminal: what, where, what was found, and the remedy. */
function checkWords({ what, where, found, remedy }: Check): string {
  const place = where === null ? what : `${what} ${where}`
  return `${place}: ${found}${remedy === null ? '' : `; ${remedy}`}.`
}

function burnInLines(burnIn: ScenarioBurnIn, seed: number | null, paint: Paint, columns: number): string[] {
  const { measure, gates } = burnIn
  return [
    '',
    visibleLine(`${burnInTitle(burnIn, seed)}.`),
    ...gates.flatMap((gate) =>
      labelled(
        paint,
        steadyLooks[gate.steadiness],
        gate.steadiness,
        steadinessWidth,
        [`${gate.gate}:`, ...gateBurnInSentences(gate).map((sentence) => `${sentence}.`)],
        columns,
      ),
    ),
    ...labelled(
      paint,
      steadyLooks[measure.steadiness],
      measure.steadiness,
      steadinessWidth,
      ['the measure as a whole:', `${steadinessWords(measure)}.`],
      columns,
    ),
  ]
}

/** A label, padded to a width, and texts beside it. */
function labelled(
  paint: Paint,
  status: Status,
  label: string,
  width: number,
  texts: readonly string[],
  columns: number,
): string[] {
  const [first = '', ...rest] = texts.flatMap((text) => wrapText(visibleLine(text), ' '.repeat(width), columns))
  return [paint(status, label) + ' '.repeat(width - label.length) + first.slice(width), ...rest]
}

function worstOf(checks: readonly Check[]): Check['state'] {
  const states = checks.map(({ state }) => state)
  return states.includes('problem') ? 'problem' : states.includes('warning') ? 'warning' : 'ok'
}

function summary({ checks, burnIn }: DoctorReport): string {
  const of = (wanted: Check['state']): number => checks.filter(({ state }) => state === wanted).length
  const tossed = (burnIn ?? []).flatMap(({ gates }) => gates).filter(({ steadiness }) => steadiness === 'coin toss')
  const coins = burnIn === null ? '' : `, ${quantity(tossed.length, 'gate')} like a coin toss`
  return `${quantity(of('problem'), 'problem')}, ${quantity(of('warning'), 'warning')}, ${of('ok')} ok${coins}.`
}
