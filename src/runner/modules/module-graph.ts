import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
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
}

/**
 * Every file that a scenario imports, directly or not and now or later, without running any of them.
 *
 * Packages and Shakedown itself are named by those that import them, and not followed.
 *
 * @param path absolute path of the scenario file
 * @throws {Error} where a file of it cannot be found or understood
 */
export async function moduleGraph(environment: DevEnvironment, root: string, path: string): Promise<GraphModule[]> {
  const modules = new Map<string, GraphModule>()
  const waiting = [path]
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (modules.has(url)) continue
    const transformed = await environment.transformRequest(url)
    const file = (await environment.moduleGraph.getModuleByUrl(url))?.file ?? null
    // What no file stands behind was made by the loader, out of files that are there.
    if (transformed === null || file === null) continue
    const imports = [...(transformed.deps ?? []), ...(transformed.dynamicDeps ?? [])]
    const bytes = readFileSync(file)
    modules.set(url, {
      file: relative(root, file).split(sep).join('/'),
      bytes,
      imports: imports.toSorted(compareText),
      ...outsideReads({ source: bytes.toString('utf8'), code: transformed.code, imports }),
    })
    waiting.push(...imports.filter((one) => one.startsWith('/')))
  }
  return [...modules.values()].toSorted((a, b) => compareText(a.file, b.file))
}
