import type { Environment } from '../results/environment-schema.ts'
import type { Results } from '../results/results-schema.ts'
import { isDirty, shortCommit } from './short-commit.ts'
import { shellArgument } from './shell-argument.ts'

/** How to have the same run again. */
export interface Reproduction {
  /** Where the line is to be given: `In the folder "agent" of the repository, at commit 0123456789ab:`. */
  readonly where: string
  /** The command, to be copied; null where nobody kept it. */
  readonly line: string | null
  /** What the line alone does not bring back, a sentence each. */
  readonly caveats: readonly string[]
}

/** Says how to have a run again; in words where its command was not kept. */
export function reproduction({ comparisons, edition }: Results, environment: Environment | null): Reproduction {
  if (environment === null || environment.command.length === 0) {
    const why =
      edition === undefined
        ? 'These results came without the command line of their run.'
        : 'The command line is left out.'
    return { where: why, line: null, caveats: [] }
  }
  const { command, commit, folder } = environment
  const place = folder === '' ? 'In the folder of the configuration' : `In the folder "${folder}" of the repository`
  return {
    where: `${place}${commit === null ? '' : `, at commit ${shortCommit(commit)}`}:`,
    line: ['npx', 'shakedown', ...command].map(shellArgument).join(' '),
    caveats: [
      ...(commit !== null && isDirty(commit)
        ? [
            'When the run was made, files differed from that commit ("dirty"): where these changes matter, the commit alone gives another run.',
          ]
        : []),
      ...(comparisons.length > 0 ? ['The earlier results that it was compared with are not part of the line.'] : []),
    ],
  }
}
