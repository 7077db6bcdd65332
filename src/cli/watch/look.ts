import { hash } from 'node:crypto'
import { relative, resolve, sep } from 'node:path'
import { escapePath } from 'tinyglobby'
import { ShakedownError } from '../../contract/errors.ts'
import { type Config, configSchema } from '../../runner/config.ts'
import { inputsDigest } from '../../runner/modules/inputs.ts'
import type { ScenarioModules } from '../../runner/modules/scenario-modules.ts'
import type { WorkerPool } from '../../runner/worker-pool.ts'
import { WorkerLost } from '../../runner/worker-process.ts'
import { canonicalJson } from '../../scenario/canonical-json.ts'
import { realClock } from '../../simulation/real-clock.ts'
import { describeFailure } from '../describe-failure.ts'
import { type ConfigPlace, findConfig } from '../find-config.ts'
import { findScenarios } from '../find-scenarios.ts'
import { type WatchedFiles, watchedFiles } from './watched-files.ts'

/** The scenarios of a project, and what their results follow from. */
export interface SeenScenarios {
  readonly config: Config
  /** Absolute paths, in the order in which they are run. */
  readonly files: readonly string[]
  /** Of what each is made of, by path. */
  readonly digests: ReadonlyMap<string, string>
  /** Of everything that all of them share: the configuration, inputs, published declarations, and the day. */
  readonly shared: string
  /** How many files they are made of. */
  readonly madeOf: number
}

/** A project as it was at one moment. */
export interface Sight {
  readonly place: ConfigPlace
  /** Processes that have loaded nothing older. */
  readonly pool: WorkerPool
  /** Null where they cannot be told. */
  readonly seen: SeenScenarios | null
  /** Why not, in a sentence. */
  readonly trouble: string
  /** Absolute paths of all modules that were found. */
  readonly modules: ReadonlySet<string>
  readonly watched: WatchedFiles
  /** The same for two sights between which nothing has changed. */
  readonly key: string
}

/** What is looked at. */
export interface LookOptions {
  readonly filters: readonly string[]
  readonly flags: { readonly config?: string | undefined; readonly out?: string | undefined }
  readonly openPool: (place: ConfigPlace) => WorkerPool
}

/**
 * Looks at a project: its configuration, its scenario files, and what each is made of. Nothing is run but the configuration.
 *
 * By content and not by what a watcher tells, so that a file that is saved as it was, or changed back, is no change.
 *
 * @param before an earlier sight: what is broken now was whole then
 * @throws {PoolClosed} where the processes are ended in the meantime
 */
export async function look({ filters, flags, openPool }: LookOptions, before: Sight | null): Promise<Sight> {
  const place = before !== null && flags.config !== undefined ? before.place : findConfig(flags.config, process.cwd())
  const { root, path } = place
  const pool = openPool(place)
  const modulesOf = (file: string): Promise<ScenarioModules> =>
    pool.run('modules', { path: file, file: relative(root, file).split(sep).join('/') })
  const own = path === null ? null : await modulesOf(path)
  const found: ScenarioModules[] = own === null ? [] : [own]
  let trouble = ''
  let seen: SeenScenarios | null = null
  let config = before?.seen?.config ?? configSchema.parse({})
  try {
    if (path !== null) config = await pool.run('config', { path })
    const files = await findScenarios(root, config.scenarios, filters)
    const digests = new Map<string, string>()
    const made = new Set<string>()
    // One after another, in the process that has loaded what they have in common.
    for (const file of files) {
      const modules = await modulesOf(file)
      found.push(modules)
      for (const each of modules.files) made.add(each)
      digests.set(file, modules.digest)
    }
    seen = { config, files, digests, shared: sharedDigest(root, config), madeOf: made.size }
  } catch (error) {
    if (!ShakedownError.is(error) && !(error instanceof WorkerLost)) throw error
    trouble = describeFailure(error)
  }
  const absolute = (names: readonly string[]): string[] => names.map((name) => resolve(root, name))
  const modules = new Set([
    ...found.flatMap(({ files }) => absolute(files)),
    ...((trouble !== '' && before?.modules) || []),
  ])
  const missing = found.flatMap((each) => absolute(each.missing))
  const out = flags.out === undefined ? resolve(root, config.out) : resolve(flags.out)
  const watched = watchedFiles({ root, config, modules: [...modules], missing, out })
  const key = canonicalJson({
    trouble: trouble === '' ? null : [trouble, own?.digest ?? null],
    seen: seen && [seen.shared, ...seen.digests],
  })
  return { place, pool, seen, trouble, modules, watched, key }
}

function sharedDigest(root: string, config: Config): string {
  const declarations = `${escapePath(config.declarations)}/*.json`
  const files = inputsDigest(root, [...(config.inputs ?? []), declarations])
  return hash('sha256', canonicalJson({ config, files, today: realClock.today() }), 'hex')
}
