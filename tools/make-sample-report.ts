// Runs the bundled scenarios and one mutant, and writes reports/sample/, the report that people can look at without
// running anything: a pass, accepted findings and a failure. Run it again after a change of agents, faults,
// properties or reports: npm run sample-report.
import { dirname, join } from 'node:path'
import { openProject } from '../src/cli/open-project.ts'
import { progressFor } from '../src/cli/progress/progress-for.ts'
import { publishReport } from '../src/report/publish-report.ts'
import { reportFiles } from '../src/report/report-files.ts'
import { runScenarios } from '../src/runner/run-scenarios.ts'

const root = dirname(import.meta.dirname)
const files = [
  'scenarios/support/support-agent.scenario.ts',
  'scenarios/plain-loop/plain-loop.scenario.ts',
  'test/mutants/support/retries-a-refund-after-a-timeout.scenario.ts',
].map((file) => join(root, file))

const workers = 2
using progress = progressFor(process.stderr, false)
const project = await openProject({ config: join(root, 'harness.config.ts'), workers })
try {
  const { results } = await runScenarios({
    baselines: [],
    ...project,
    files,
    seed: 1,
    trials: 1_000,
    isQuick: false,
    workers,
    today: '2026-11-23',
    progress,
  })
  // Without the environment: the sample speaks of no machine.
  publishReport(join(root, 'reports/sample'), reportFiles(results, null))
} finally {
  project[Symbol.dispose]()
}
