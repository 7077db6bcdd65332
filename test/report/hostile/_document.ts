import type { Environment } from '../../../src/results/environment-schema.ts'
import { environmentSchema } from '../../../src/results/environment-schema.ts'
import { compareResults } from '../../../src/results/comparison/compare-results.ts'
import { type Comparison, comparedParts } from '../../../src/results/comparison/comparison-schema.ts'
import { type Results, type ScenarioResult, resultsSchema } from '../../../src/results/results-schema.ts'
import { outcomeOf, resultOf, spread } from '../../results/comparison/_results.ts'
import { measureSaying } from '../_measures.ts'
import { badDay, environment, everyState, goodDay, measuredDay } from '../_sample.ts'

/** Results and environment of one run, as a report reads them. */
export interface Told {
  readonly results: Results
  readonly environment: Environment
}

/** A run in which every field that there is says something: of what there can be several, there is one or two. */
export const document: Told = { results: fullResults(), environment }

function fullResults(): Results {
  const [failing, , accepting] = badDay.scenarios
  const unsound = everyState.scenarios.filter(({ search, faultFree }) =>
    faultFree.failures.length > 0 ? true : (search?.tally.problems.length ?? 0) > 0,
  )
  const [measured] = measuredDay.scenarios
  if (failing === undefined || accepting === undefined || measured === undefined) throw new Error('the sample is short')
  const held = { owner: 'platform team', reason: 'flaky', expires: '2026-06-30' }
  const scenarios = [
    {
      ...failing,
      measure: measureSaying('tool failures'),
      inForce: [measured.measure?.declaration ?? []].flat(),
      quarantine: [{ task: 'refund A-1001', ...held, state: 'in force' as const, sentence: 'a task is in quarantine' }],
    },
    accepting,
    ...unsound,
  ]
  const verdicts = [badDay, everyState].flatMap(({ verdict }) => verdict.scenarios)
  return resultsSchema.parse({
    ...badDay,
    scenarios,
    verdict: {
      ...badDay.verdict,
      reasons: ['the first reason', 'the second reason', 'the third reason'],
      warnings: ['the declaration expires soon'],
      scenarios: scenarios.map(({ name }) => verdicts.find((each) => each.name === name)),
    },
    comparisons: comparisonsOf(scenarios),
    notJudged: [{ agent: 'another agent', version: '1.0.0', scenario: 'another scenario' }],
    notRun: {
      scenarios: [{ file: 'scenarios/later.scenario.ts', why: 'bail' }],
      bail: {
        failed: 1,
        scenario: failing.name,
        file: failing.file,
        search: { trials: 1_000, of: 2_000 },
        hasMeasure: true,
        baselines: ['pinned'],
      },
    },
  })
}

/** One that was refused, one of a scenario that both have and of others that only one has, and one of other seeds. */
function comparisonsOf(scenarios: readonly ScenarioResult[]): Comparison[] {
  const hash = '0123456789abcdef'
  const fingerprint = {
    tasks: ['refund A-1001', 'refund A-1002'].map((id) => ({ id, hash })),
    graders: [hash, null],
    prompts: hash,
    tools: [{ name: 'look_up_order', hash }],
    conditions: [{ name: 'under tool failures', hash }],
  }
  const other = {
    ...fingerprint,
    tasks: [...fingerprint.tasks, { id: 'a third task', hash }],
    tools: [{ name: 'look_up_order', hash: hash.replace('0', 'f') }],
  }
  const known = { seed: 1, scenarios: scenarios.map((scenario) => ({ ...scenario, fingerprint })) }
  const changed = { seed: 2, scenarios: scenarios.slice(0, 1).map((scenario) => ({ ...scenario, fingerprint: other })) }
  const refused = compareResults(known, changed, { baseline: 'the last release', margin: 0.02, allow: [] })
  const allow = [...comparedParts]
  const dead = spread(297, 300).map((trial) => trial.map(({ task }) => outcomeOf(task, task !== 2)))
  return [
    compareResults(goodDay, badDay, { baseline: 'pinned', margin: 0.02, allow: [] }),
    refused,
    compareResults(known, changed, { baseline: 'main.json', margin: 0.02, allow }),
    compareResults(resultOf(spread(297, 300)), resultOf(dead), { baseline: 'moving', margin: 0.02, allow: [] }),
  ]
}

/** Records whose keys are names that others chose. */
const namedBy = new Set([
  'ends',
  'planned',
  'undelivered',
  'delivered',
  'leftovers',
  'triggers',
  'violations',
  'excluded',
  'parameters',
])

type Path = readonly (string | number)[]
type Rename = (text: string) => string

/**
 * The same document with every free text of it replaced, the same text by the same, so that what belongs together still
 * does. What is free the schemas say: whatever they take in its place.
 */
export function withTexts(told: Told, rename: Rename): Told {
  return {
    results: resultsSchema.parse(replaced(told.results, resultPlaces, rename)),
    environment: environmentSchema.parse(replaced(told.environment, environmentPlaces, rename)),
  }
}

interface Schema {
  safeParse(value: unknown):
    | { readonly success: true }
    | {
        readonly success: false
        readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }
      }
}

const resultPlaces = freePlaces(document.results, resultsSchema)
const environmentPlaces = freePlaces(document.environment, environmentSchema)

/** How many texts of the document are free. */
export const freeTexts = resultPlaces.size + environmentPlaces.size

/** The places of strings that the schema takes whatever they say. */
function freePlaces(value: unknown, schema: Schema): ReadonlySet<string> {
  const places = new Set(stringsIn(value, []).map(keyOf))
  for (;;) {
    const parsed = schema.safeParse(replaced(value, places, () => 'w\u202Ew x'))
    if (parsed.success) return places
    const refused = parsed.error.issues.map(({ path }) =>
      keyOf(path.map((part) => (typeof part === 'number' ? part : String(part)))),
    )
    const before = places.size
    for (const place of [...places])
      if (refused.some((each) => place === each || place.startsWith(`${each}/`))) places.delete(place)
    if (places.size === before) throw new Error(`nothing to give back at ${refused.join(', ')}`)
  }
}

function stringsIn(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => stringsIn(each, [...path, key]))
}

function replaced(value: unknown, places: ReadonlySet<string>, rename: Rename, path: Path = []): unknown {
  if (typeof value === 'string') return places.has(keyOf(path)) ? rename(value) : value
  if (Array.isArray(value)) return value.map((each, index) => replaced(each, places, rename, [...path, index]))
  if (typeof value !== 'object' || value === null) return value
  const isNamed = namedBy.has(String(path.at(-1)))
  const entries = Object.entries(value).map(
    ([key, each]) => [isNamed ? rename(key) : key, replaced(each, places, rename, [...path, key])] as const,
  )
  // Two names may have become one, and `__proto__` is a name like any other.
  return Object.fromEntries(entries)
}

function keyOf(path: Path): string {
  return path.join('/')
}
