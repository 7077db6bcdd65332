import { createServer, createServerModuleRunner } from 'vite'
import type { ModuleRunner } from 'vite/module-runner'
import { loadFailure } from './load-failure.ts'
import { type GraphModule, moduleGraph } from './modules/module-graph.ts'
import { ScenarioEvaluator, harnessUrl } from './scenario-evaluator.ts'

/** Loads modules that users write. */
export interface ModuleLoader {
  /** @throws {ShakedownError} of kind `usage` where the module cannot be loaded */
  load(file: string): Promise<Record<string, unknown>>
  /**
   * Every file that a module is made of, without running it.
   *
   * @throws {Error} where the module itself is not there
   */
  graph(file: string): Promise<GraphModule[]>
  close(): Promise<void>
}

/**
 * Opens a loader for TypeScript of any flavour, with the path aliases of the nearest tsconfig.
 *
 * Through Vite's module runner, because Node strips only erasable syntax and knows no aliases. Shakedown itself stays
 * outside, so that scenario files and harness share one copy of it.
 *
 * @param root the folder of the configuration
 */
export async function openLoader(root: string): Promise<ModuleLoader> {
  const server = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'silent',
    clearScreen: false,
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    resolve: { tsconfigPaths: true },
    optimizeDeps: { noDiscovery: true, include: [] },
    plugins: [
      {
        name: 'shakedown-itself',
        enforce: 'pre',
        resolveId: (id) => (id === 'shakedown' ? { id: harnessUrl, external: true } : null),
      },
    ],
  })
  const { ssr } = server.environments
  const runner = createServerModuleRunner(ssr, { hmr: false, evaluator: new ScenarioEvaluator() })
  return {
    load: (file) => load(runner, file),
    graph: (file) => moduleGraph(ssr, root, file),
    close: () => server.close(),
  }
}

async function load(runner: ModuleRunner, file: string): Promise<Record<string, unknown>> {
  try {
    return await runner.import<Record<string, unknown>>(file)
  } catch (error) {
    throw loadFailure(file, error)
  }
}
