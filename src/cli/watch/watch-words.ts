import { relative } from 'node:path'
import { grouped, quantity } from '../../results/quantity.ts'
import type { RunFlags } from '../flags.ts'

/** What there is to wait for. */
interface Waiting {
  readonly files: number
  readonly scenarios: number
  /** Whether something cannot be loaded. */
  readonly isBroken: boolean
}

/** Files that are named of those that have changed. */
const shownFiles = 3

/** Which files have changed, `Changed: src/agent.ts, src/tools.ts.` */
export function changedWords(root: string, paths: readonly string[]): string {
  const names = paths.map((path) => relative(root, path)).toSorted()
  const more = names.length - shownFiles
  const told = [...names.slice(0, shownFiles), ...(more > 0 ? [`and ${quantity(more, 'other file')}`] : [])]
  return names.length === 0 ? 'What the scenarios are made of has changed.' : `Changed: ${told.join(', ')}.`
}

/** How much of a run is run, `Running 1 of 3 scenarios; the results of the others still hold.` */
export function roundWords(running: number, all: number): string {
  if (running === all) return `Running ${quantity(all, 'scenario')}.`
  if (running === 0) return 'Nothing has to be run: the results of all scenarios still hold.'
  return `Running ${grouped(running)} of ${quantity(all, 'scenario')}; the results of the others still hold.`
}

/** What a watch waits for. */
export function waitingWords({ files, scenarios, isBroken }: Waiting, hasKeys: boolean): string[] {
  const what = isBroken ? 'Waiting until that is mended' : 'Waiting for changes'
  const where = files === 0 ? '' : `, in the ${quantity(files, 'file')} that ${madeOf(scenarios)} made of`
  return [
    `${what}${where}.`,
    hasKeys ? 'Press a to run all, f what failed, Enter the same again, h for help, q to quit.' : 'Ctrl-C ends it.',
  ]
}

function madeOf(scenarios: number): string {
  return `${quantity(scenarios, 'scenario')} ${scenarios === 1 ? 'is' : 'are'}`
}

/** How many trials a watch makes, and how to have others. */
export function trialsWords({ trials, quick = true }: Pick<RunFlags, 'trials' | 'quick'>): string {
  if (trials !== undefined) return `Each search makes ${quantity(trials, 'trial')}, by --trials.`
  return quick
    ? 'Quick trials: a first look, not a gate. --no-quick makes all of them.'
    : 'All trials that the scenarios ask for, by --no-quick.'
}

/** What the keys do. */
export const helpLines = [
  '  a      run all scenarios',
  '  f      run those that did not pass',
  '  Enter  run again what was run last',
  '  h      show this',
  '  q      quit; Ctrl-C ends at once',
] as const
