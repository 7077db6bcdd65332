import type { Results } from '../results/results-schema.ts'

/** What a reader must know of a run besides its verdict: warnings, and declarations that nothing was said about. */
export function runRemarks({ verdict, notJudged }: Results): string[] {
  return [
    ...verdict.warnings.map((warning) => `warning: ${warning}`),
    ...notJudged.map(
      ({ agent, version, scenario }) =>
        `not judged: accuracy declaration ${version} of "${agent}", because its scenario "${scenario}" was not run.`,
    ),
  ]
}
