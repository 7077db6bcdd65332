import type { Results } from '../results/results-schema.ts'

/** What a reader must know of a run besides its verdict: warnings, what is in quarantine, and declarations that nothing was said about. */
export function runRemarks({ verdict, notJudged, scenarios }: Results): string[] {
  return [
    ...verdict.warnings.map((warning) => `warning: ${warning}`),
    ...scenarios.flatMap(({ name, quarantine }) =>
      quarantine.map(({ sentence }) => `quarantine: ${name}: ${sentence}.`),
    ),
    ...notJudged.map(
      ({ agent, version, scenario }) =>
        `not judged: accuracy declaration ${version} of "${agent}", because its scenario "${scenario}" was not run.`,
    ),
  ]
}
