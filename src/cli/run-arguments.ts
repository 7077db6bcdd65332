import { relative, sep } from 'node:path'
import type { RunRequest } from '../runner/run-plan.ts'
import { configOfFolder } from './find-config.ts'
import type { Project } from './open-project.ts'

/** What decides which trials a run makes. */
type Asked = Pick<RunRequest, 'files' | 'seed' | 'trials' | 'isQuick' | 'bail' | 'leftOut' | 'config'>

/**
 * The arguments that ask for the same trials again, in the folder of the configuration: whole, and without a path of this
 * machine, since reports carry them to others.
 *
 * Reports, workers and earlier results are left out: no trial depends on them.
 *
 * @param filters as they were given; where they name no place of the project, or more flags chose, files stand for them
 */
export function runArguments(
  { root, path, config }: Pick<Project, 'root' | 'path' | 'config'>,
  filters: readonly string[],
  asked: Asked,
): string[] {
  const files = asked.files.map((file) => relative(root, file).split(sep).join('/'))
  const isChosen = (asked.leftOut ?? []).length > 0
  const areOfProject = filters.every((filter) => files.some((file) => file.includes(filter)))
  const named = configOfFolder({ root, path })
  return [
    'run',
    ...(isChosen || !areOfProject ? files : filters),
    ...(named === null ? [] : ['--config', named]),
    ...['--seed', String(asked.seed)],
    ...(asked.trials === null ? [] : ['--trials', String(asked.trials)]),
    ...(asked.isQuick ? ['--quick'] : []),
    ...(asked.config.vacuous === config.vacuous ? [] : ['--vacuous', asked.config.vacuous]),
    ...(asked.bail ? ['--bail', String(asked.bail)] : []),
  ]
}
