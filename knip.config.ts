import type { KnipConfig } from 'knip'

/** What starts a program or is read by people outside; whatever none of them reaches is unused. */
const config: KnipConfig = {
  entry: [
    'src/cli/main.ts!',
    'bench/main.ts',
    'tools/*.{mjs,ts}',
    'harness.config.ts',
    'scenarios/**/*.scenario.ts',
    'examples/*/{explore,harness.config,scenarios/*.scenario}.ts',
    'test/**/*.test.ts',
    'test/mutants/{hunt,*.scenario}.ts',
    'vitest.*.config.ts',
  ],
  project: ['{src,bin,bench,tools,scenarios,examples,test}/**/*.{ts,js,mjs}'],
  ignoreExportsUsedInFile: true,
}

export default config
