import type { EvidencedValue } from '../../objectives/accuracy-declaration.ts'
import { rounded } from '../../objectives/rounded-interval.ts'
import { metricWords } from '../measure/objective-words.ts'
import { underCondition } from '../../results/condition-words.ts'
import { evidenceWords } from '../../results/declaration-words.ts'
import type { Draft } from '../../results/draft-declaration.ts'
import { exactPercent, percent, percentRange } from '../../results/percent.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { visibleLine } from '../visible-text.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { wrapText } from './wrap-text.ts'

/** Tells what a draft declares, what that rests on, and what it leaves out. */
export function renderDraft(
  { declaration, leftOut }: Draft,
  file: string | null,
  { columns }: TerminalOptions,
): string {
  const { agent, version, supersedes, validFrom, validUntil, values } = declaration
  const follows = supersedes === null ? 'the first one' : `supersedes ${supersedes}`
  const lines = [
    `Draft of version ${version} of "${agent}" (${follows}), valid ${validFrom} to ${validUntil}`,
    `measured by ${evidenceWords(declaration)}`,
    ...values.map(valueLine),
    ...leftOutLines(leftOut, declaration.minimumTrials),
    ...(file === null ? [] : [`Read it, then: npx shakedown publish ${file}`]),
  ]
  return `${lines.flatMap((line) => wrapText(visibleLine(line.trimStart()), /^ */.exec(line)?.[0] ?? '', columns)).join('\n')}\n`
}

function valueLine({ metric, value, stratum, faultClass, evidence }: EvidencedValue): string {
  const { successes, of, interval } = evidence
  const what = `${metricWords[metric]}${stratum === undefined ? '' : ` of ${stratum}`}, ${underCondition(faultClass)}`
  const counts = `${grouped(successes)} of ${grouped(of)}; 95 % interval ${percentRange(interval)}`
  return `  ${what}: at least ${exactPercent(value)}, seen ${percent(rounded(successes / of))} (${counts})`
}

function leftOutLines(leftOut: Draft['leftOut'], minimumTrials: number): string[] {
  return [...Map.groupBy(leftOut, ({ why }) => why)].map(([why, values]) => {
    const many = quantity(values.length, 'value')
    const most = Math.max(...values.map(({ observations }) => observations))
    switch (why) {
      case 'too few':
        return `left out: ${many} with fewer than ${quantity(minimumTrials, 'independent observation')}, at most ${most}`
      case 'too few later':
        return `left out: ${many} of which smaller runs make fewer than ${quantity(minimumTrials, 'independent observation')}, at most ${most}`
      case 'no share':
        return `left out: ${many} of which no share above 0 is supported`
    }
  })
}
