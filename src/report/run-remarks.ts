import { notRunSentences } from '../results/not-run/not-run-words.ts'
import type { Results } from '../results/results-schema.ts'

/** What a reader must know of a run besides its verdict: what was not run, warnings, what is in quarantine, and what was not judged. */
export function runRemarks({ verdict, notRun, notJudged, scenarios }: Results): string[] {
  return [
    ...(notRun === null ? [] : notRunSentences(notRun)),
    ...verdict.warnings.map((warning) => `warning: ${warning}`),
    ...scenarios.flatMap(({ name, quarantine }) =>
      quarantine.map(({ sentence }) => `quarantine: ${name}: ${sentence}.`),
    ),
    ...notJudged.map(
      ({ agent, version, scenario }) =>
        `not judged: accuracy declaration ${version} of "${agent}", because its scenario "${scenario}" was not run${scenario === notRun?.bail?.scenario ? ' to its end' : ''}.`,
    ),
  ]
}
