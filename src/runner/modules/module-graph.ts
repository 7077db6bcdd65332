import { readFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { DevEnvironment } from 'vite'
import { compareText } from '../../results/compare-text.ts'
import { type OutsideReads, outsideReads } from './outside-reads.ts'

/** One file that a scenario is made of. */
export interface GraphModule extends OutsideReads {
  /** Relative to the configuration, with forward slashes. */
  readonly file: string
  readonly bytes: Buffer
  /** What it imports, as it was resolved: other files, packages, parts of Node. */
  readonly imports: readonly string[]
  /** Files that it imports and that are not there, relative likewise. */
  readonly missing: readonly string[]
}

/**
 * Every file that a scenario imports, directly or not and now or later, without running any of them.
 *
 * Packages and Shakedown itself are named by those that import them, and not followed. A file that cannot be understood
 * is in it, unsure: whoever waits for it to be mended has to know it.
 *
 * @param path absolute path of the scenario file
 * @throws {Error} where that file itself is not there
 */
export async function moduleGraph(environment: DevEnvironment, root: string, path: string): Promise<GraphModule[]> {
  const modules = new Map<string, GraphModule>()
  const within = (file: string): string => relative(root, file).split(sep).join('/')
  const waiting = [path]
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (modules.has(url)) continue
    const transformed = await environment.transformRequest(url).catch(() => 'broken' as const)
    const file = (await environment.moduleGraph.getModuleByUrl(url))?.file ?? (url === path ? path : null)
    // What no file stands behind was made by the loader, out of files that are there.
    if (transformed === null || file === null) continue
    const bytes = readFileSync(file)
    if (transformed === 'broken') {
      const unsure = 'cannot be understood'
      modules.set(url, { file: within(file), bytes, imports: [], missing: [], variables: [], reads: null, unsure })
      continue
    }
    const imports = [...(transformed.deps ?? []), ...(transformed.dynamicDeps ?? [])]
    modules.set(url, {
      file: within(file),
      bytes,
      imports: imports.toSorted(compareText),
      // The loader leaves a path that leads nowhere as it was written.
      missing: imports
        .filter((one) => one.startsWith('.'))
        .map((one) => within(resolve(dirname(file), one.replace(/[?#].*/s, '')))),
      ...outsideReads({ source: bytes.toString('utf8'), code: transformed.code, imports }),
    })
    waiting.push(...imports.filter((one) => one.startsWith('/')))
  }
  return [...modules.values()].toSorted((a, b) => compareText(a.file, b.file))
}
