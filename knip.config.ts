import type { KnipConfig } from 'knip'

/** What starts a program or is read by people outside; whatever none of them reaches is unused. */
const config: KnipConfig = {
  entry: [
    'src/cli/main.ts!',
    // Started by a URL that is put together, see sibling-module.ts.
    'src/runner/{worker-main,watchdog-thread}.ts!',
    // Read as text, and run by whoever opens a report.
    'src/report/html/templates/{page,filter,wide}.js!',
    'bench/main.ts',
    'bench/large-report.ts',
    'tools/*.{mjs,ts}',
    '{harness,libraries}.config.ts',
    'scenarios/**/*.scenario.ts',
    'examples/*/{explore,harness.config,scenarios/*.scenario}.ts',
    'test/**/*.test.ts',
    'test/mutants/{hunt,*/*.scenario}.ts',
    'test/**/{harness,named}.config.ts',
    'test/fixtures/**/*.scenario.ts',
    'test/cli/_trial-hash.ts',
    'test/agent/policy/_gated-process.ts',
    'test/simulation/_imported.ts',
    'vitest.*.config.ts',
  ],
  project: ['{src,bin,bench,tools,scenarios,examples,test}/**/*.{ts,js,mjs}'],
  // Of util-linux: a terminal for a test, which is skipped where there is none. Of poppler-utils: pictures of the print.
  ignoreBinaries: ['script', 'pdftoppm'],
  ignoreExportsUsedInFile: true,
}

export default config
