import { ESModulesEvaluator, type ModuleRunnerContext, ssrDynamicImportKey } from 'vite/module-runner'
import { countInFlight } from '../simulation/in-flight.ts'

/** Stands for the running copy of Shakedown; of a form that Vite leaves alone, as it leaves `https://…` alone. */
export const harnessUrl = 'shakedown://itself'

/** Evaluates user modules so that they share this copy of the harness, and so that time waits for what they import late. */
export class ScenarioEvaluator extends ESModulesEvaluator {
  override runExternalModule(url: string): Promise<unknown> {
    return super.runExternalModule(url === harnessUrl ? import.meta.resolve('shakedown') : url)
  }

  override runInlinedModule(context: ModuleRunnerContext, code: string): Promise<unknown> {
    const dynamicImport = context[ssrDynamicImportKey]
    return super.runInlinedModule(
      { ...context, [ssrDynamicImportKey]: (...args) => countInFlight(dynamicImport(...args)) },
      code,
    )
  }
}
