import { createServer, createServerModuleRunner } from 'vite'
import type { ModuleRunner } from 'vite/module-runner'
import { loadFailure } from './load-failure.ts'
import { ScenarioEvaluator, harnessUrl } from './scenario-evaluator.ts'

/** Loads modules that users write. */
export interface ModuleLoader {
  /** @throws {ShakedownError} of kind `usage` where the module cannot be loaded */
  load(file: string): Promise<Record<string, unknown>>
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
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: false, evaluator: new ScenarioEvaluator() })
  return { load: (file) => load(runner, file), close: () => server.close() }
}

async function load(runner: ModuleRunner, file: string): Promise<Record<string, unknown>> {
  try {
    return await runner.import<Record<string, unknown>>(file)
  } catch (error) {
    throw loadFailure(file, error)
  }
}
