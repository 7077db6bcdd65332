import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { acceptanceOf, findingOf } from '../report/_findings.ts'
import { resultsOf, scenarioOf } from '../report/_sample.ts'
import { scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

const desk = scenarioOf('desk', { findings: [findingOf(), findingOf({ property: 'P1' })] })
const shop = scenarioOf('shop', { findings: [findingOf({ accepted: acceptanceOf() })] })

function incident(scenarios: Parameters<typeof resultsOf>[0], ...args: readonly string[]) {
  using folder = scratchFolder()
  const file = join(folder.path, 'results.json')
  writeFileSync(file, JSON.stringify(resultsOf(scenarios)))
  const place = (text: string) => text.replaceAll(folder.path, 'HERE')
  const finished = shakedown(['incident', file, ...args.map((each) => each.replace('HERE', folder.path))])
  const draft = join(folder.path, 'review.md')
  const written = existsSync(draft) ? readFileSync(draft, 'utf8') : null
  const { exitCode, stdout, stderr } = finished
  return { exitCode, stdout: place(stdout), stderr: place(stderr), written, files: readdirSync(folder.path).toSorted() }
}

it('prints the draft of the finding that is named, and exits 0', () => {
  const { exitCode, stdout } = incident([desk], 'P1')
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^# Post-incident review: P1 .* in desk\n/)
})

it('writes it to a file, whole and alone', () => {
  const { exitCode, stdout, written, files } = incident(
    [desk, shop],
    'R4',
    '--scenario',
    'shop',
    '--out',
    'HERE/review.md',
  )
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Draft: HERE/review.md\n' })
  expect(written).toMatch(/^# Post-incident review: R4 .* in shop\n/)
  expect(files).toEqual(['results.json', 'review.md'])
})

it.each([
  ['an unknown finding', [desk], ['R99'], '"R99" is no finding of the run; name one of R4 ("desk"), P1 ("desk"), with'],
  ['one of two that are not named', [desk], [], 'the run has 2 findings; name one of R4 ("desk"), P1 ("desk"), with'],
  [
    'one that two scenarios have',
    [desk, shop],
    ['R4'],
    '"R4" has 2 findings; name one of R4 ("desk"), R4 ("shop"), with',
  ],
  ['any of a run without', [scenarioOf('calm')], ['R4'], 'the run has no finding to write of; give another run.'],
] as const)('refuses %s in one sentence, writes nothing and exits 2', (_, scenarios, args, words) => {
  const { exitCode, stderr, stdout, files } = incident(scenarios, ...args, '--out', 'HERE/review.md')
  expect({ exitCode, stdout, files }).toEqual({ exitCode: 2, stdout: '', files: ['results.json'] })
  expect(stderr).toContain(words)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
