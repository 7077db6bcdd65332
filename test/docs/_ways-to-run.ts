import { type PageCommand, shakedownOf } from './_shown-commands.ts'

/** Pages whose own test types every command of their console blocks, in their order, and reads what is printed. */
export const typedByTheirTest: ReadonlyMap<string, string> = new Map([
  ['docs/ci-runs.md', 'test/docs/ci-runs.test.ts'],
  ['docs/doctor.md', 'test/docs/doctor.test.ts'],
  ['docs/first-run-to-gate.md', 'test/docs/first-run-to-gate.test.ts'],
])

/** Commands that are run outside of the stage: by which file, and a text of it that shows it. */
export const runElsewhere: readonly { readonly command: RegExp; readonly by: string; readonly sign: string }[] = [
  { command: /^npx shakedown report \S+ --pdf$/, by: 'test/browser/editions.test.ts', sign: '--pdf)' },
  // Everyday one of each folder of scenarios, in the soak all.
  { command: /^npx shakedown replay sd1\.\w{100}/, by: 'test/docs/findings.test.ts', sign: 'replay(words)' },
  { command: /^node docs\/findings\/confirm\/[\w-]+\.mjs$/, by: 'test/docs/findings.test.ts', sign: '[script]' },
  {
    command: / --config libraries\.config\.ts$/,
    by: 'test/soak/framework-agents.test.ts',
    sign: 'libraries.config.ts',
  },
  { command: /\/generate-conformance\.ts$/, by: 'test/conformance/statements.test.ts', sign: 'generate-conformance' },
  { command: /\/generate-faults-doc\.ts$/, by: 'test/faults/faults-doc.test.ts', sign: 'generate-faults-doc' },
  {
    command: /\/generate-properties-doc\.ts$/,
    by: 'test/properties/properties-doc.test.ts',
    sign: 'generate-properties',
  },
  { command: /\/generate-taxonomy\.ts$/, by: 'test/docs/taxonomy.test.ts', sign: 'generate-taxonomy' },
  { command: /^npm ci$/, by: '.ci/run', sign: '\nnpm ci\n' },
  { command: /^npm test$/, by: '.ci/run', sign: '\nnpm test ' },
  { command: /^npm start$/, by: '.ci/run', sign: '\nnpm start\n' },
  { command: /^npm run test:package$/, by: '.ci/run', sign: '\nnpm run test:package ' },
  {
    command: /^npm run check(?::house)?$/,
    by: 'package.json',
    sign: '"test": "node tools/ensure-node.mjs && npm run --silent check',
  },
  {
    command: /^npm (?:ci && npm pack|install --save-dev \S+\.tgz)$/,
    by: 'test/package/package.test.ts',
    sign: "'pack'",
  },
]

const byReaders = 'the program is the reader’s'
const byHand = 'it measures, or writes files of this repository, and takes minutes to hours; its script is there'

/** Commands that no test runs, and why. */
export const runByNone: ReadonlyMap<string, string> = new Map([
  ['OPENAI_BASE_URL=http://127.0.0.1:40123/v1 node my-agent.js', byReaders],
  ['OPENAI_BASE_URL=http://127.0.0.1:40123/v1 python my_agent.py', byReaders],
  ['npm run deploy', byReaders],
  ['npx vitest run test/faults/example.test.ts', 'it stands for any test file'],
  ['npm install', 'the page says what it does not show'],
  ['cp node_modules/shakedown/templates/gitlab-ci.yml .gitlab/shakedown.yml', 'the template has a test of its own'],
  ...['bench', 'bench:report', 'build', 'calibration', 'format', 'sample-report', 'screenshots', 'soak'].map(
    (script) => [`npm run ${script}`, byHand] as const,
  ),
])

/** How a command is run: where it stands, on the stage, elsewhere, or by nothing for a reason; null where nobody says. */
export function wayOf(shown: PageCommand): 'page' | 'stage' | 'elsewhere' | 'none' | null {
  if (shown.language === 'console' && typedByTheirTest.has(shown.page)) return 'page'
  if (runByNone.has(shown.command)) return 'none'
  if (runElsewhere.some(({ command }) => command.test(shown.command))) return 'elsewhere'
  return shakedownOf(shown) === null ? null : 'stage'
}
