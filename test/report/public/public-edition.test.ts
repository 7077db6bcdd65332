import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { summaryPicture } from '../../../src/report/picture/summary-picture.ts'
import { publicEdition } from '../../../src/report/public/public-edition.ts'
import { reportFiles } from '../../../src/report/report-files.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { keptNames } from '../../../src/results/edition-schema.ts'
import type { MeasureResult } from '../../../src/results/measure-schema.ts'
import { reportFormats } from '../../../src/results/report-format.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { readResults } from '../../../src/results/read-results.ts'
import { days } from '../_days.ts'
import { everyState, measuredDay } from '../_sample.ts'
import { secret, secretiveResults } from './_documents.ts'

const samplePath = join(import.meta.dirname, '../../../reports/sample/results.json')
const sampleResults = readResults(readFileSync(samplePath, 'utf8'), samplePath)

const editionOf = (full: Results): Results => publicEdition(full, JSON.stringify(full))

/** Every rendering of results, by the name of its file. */
function renderings(results: Results): Readonly<Record<string, string>> {
  return {
    ...reportFiles(results, null, reportFormats),
    'summary.svg': summaryPicture(results, null),
    terminal: renderTerminal(results, { colour: false, columns: 100 }),
  }
}

it('lets no text through that an author, an agent, a tool or a model may have written, in any rendering', () => {
  fc.assert(
    fc.property(secretiveResults, (full) => {
      expect(JSON.stringify(full)).toContain(secret)
      for (const [name, content] of Object.entries(renderings(editionOf(full)))) {
        const place = content.indexOf(secret)
        if (place >= 0) throw new Error(`${name}: …${content.slice(Math.max(0, place - 200), place + 80)}…`)
      }
    }),
    { numRuns: 25 },
  )
})

it('says what a name is of once', () => {
  const twice = /\b(agent|model|tool|MCP server|store|scenario|condition|task|upstream|property) \1 \d/
  for (const full of [everyState, measuredDay, sampleResults]) {
    for (const [name, content] of Object.entries(renderings(editionOf(full)))) {
      expect(twice.exec(content)?.[0], name).toBeUndefined()
    }
  }
})

it('offers nothing to copy where the line that replays a finding is left out', () => {
  const hasButton = (results: Results): boolean => renderHtml(results, null).includes('<button class="copy"')
  expect(hasButton(sampleResults)).toBe(true)
  expect(hasButton(editionOf(sampleResults))).toBe(false)
})

it('keeps the kinds of names that the author wants to be seen, and no other', () => {
  const text = JSON.stringify(publicEdition(measuredDay, JSON.stringify(measuredDay), ['agents', 'scenarios']))
  for (const seen of ['support agent', 'agent that is measured']) expect(text).toContain(seen)
  for (const unseen of ['"name":"tool failures"', 'refund A-1001', 'platform team', 'orders'])
    expect(text).not.toContain(unseen)
  const all = JSON.stringify(publicEdition(measuredDay, JSON.stringify(measuredDay), keptNames))
  for (const seen of ['"name":"tool failures"', 'openai']) expect(all).toContain(seen)
  for (const unseen of ['refund A-1001', 'platform team']) expect(all).not.toContain(unseen)
})

describe.each(Object.entries(days))('the public edition of %s', (_name, full) => {
  const edition = editionOf(full)

  it('has the verdict of the full results, for the run and for each scenario', () => {
    const { status, exitCode, scenarios } = full.verdict
    expect(edition.verdict).toMatchObject({ status, exitCode })
    expect(edition.verdict.scenarios.map((each) => each.status)).toEqual(scenarios.map((each) => each.status))
    expect(edition.verdict.reasons.length > 0).toBe(status !== 'pass')
  })

  it('has the counts, the intervals and what became of every promise', () => {
    expect(edition.scenarios.map(figuresOf)).toEqual(full.scenarios.map(figuresOf))
  })

  it('is the same bytes each time, and says so of itself in every rendering for people', () => {
    expect(JSON.stringify(editionOf(full))).toBe(JSON.stringify(edition))
    const files = renderings(edition)
    for (const name of ['index.html', 'summary.md']) {
      expect(files[name]).toContain('Public edition')
      expect(files[name]).toContain(edition.edition?.full)
    }
    expect(files['summary.svg']).toContain('PUBLIC EDITION')
  })
})

type Scenario = Results['scenarios'][number]

function figuresOf({ search, findings, measure, incidents }: Scenario): unknown {
  const { trials, calls, virtualMs, triggers } = search?.tally ?? {}
  return {
    ...{ trials, calls, virtualMs, triggers: Object.values(triggers ?? {}), incidents: incidents.length },
    properties: search?.properties.map((each) => [each.verdict, each.triggers, each.violations]),
    findings: findings.map((each) => [each.trials, each.firstTrial, each.plan.faults.length, each.accepted?.expires]),
    measure: measure && measuredFigures(measure),
  }
}

function measuredFigures({
  conditions,
  objectives,
  repeatGates,
  declaration,
  budgets,
  dependencies,
}: MeasureResult): unknown {
  return {
    conditions: conditions.map(({ measures: { taskSuccess, latency, toolCalls } }) => [
      taskSuccess,
      latency,
      toolCalls,
    ]),
    objectives: objectives.map(({ verdict, isQuarantined }) => [verdict, isQuarantined]),
    gates: repeatGates.map(({ verdict, met }) => [verdict, met]),
    declared: declaration?.checks.map(({ metric, value, verdict, observed }) => [metric, value, verdict, observed]),
    budgets: budgets.map(({ good, bad, remaining, status }) => [good, bad, remaining, status]),
    dependencies: dependencies.map(({ good, bad, isBreached }) => [good, bad, isBreached]),
  }
}

it('calls the same thing by the same number wherever it stands, and different things by different ones', () => {
  const { scenarios, verdict } = editionOf(everyState)
  expect(verdict.scenarios.map(({ name }) => name)).toEqual(scenarios.map(({ name }) => name))
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(everyState.scenarios.length)
  const targets = scenarios.flatMap(({ findings }) =>
    findings.flatMap(({ plan }) => plan.faults.map((fault) => fault.target)),
  )
  const before = everyState.scenarios.flatMap(({ findings }) =>
    findings.flatMap(({ plan }) => plan.faults.map((fault) => fault.target)),
  )
  const pairs = new Set(before.map(({ name }, index) => `${name} is ${targets[index]?.name}`))
  expect(pairs.size).toBe(new Set(before.map(({ name }) => name)).size)
  expect(targets).toContainEqual({ kind: 'model', name: 'model 1' })
})

it('still answers the questions of a deploy as the full results do', () => {
  const page = renderings(editionOf(measuredDay))['index.html']
  expect(page).not.toContain('do not add up')
  expect(page).toContain('the counts add up')
})

it('names properties of Shakedown by their own words, whatever the results say of them', () => {
  const [property] = editionOf(everyState).scenarios.flatMap(({ search }) => search?.properties ?? [])
  expect(property).toMatchObject({ id: 'L1', name: 'loop.termination' })
  expect(property?.statement).toMatch(/^Every task ends/)
})
