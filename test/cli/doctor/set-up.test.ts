import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkBaselines } from '../../../src/cli/doctor/check-baselines.ts'
import { checkDeclarations } from '../../../src/cli/doctor/check-declarations.ts'
import { checkNode } from '../../../src/cli/doctor/check-node.ts'
import { checkOutput } from '../../../src/cli/doctor/check-output.ts'
import { publishedName } from '../../../src/objectives/published-declarations.ts'
import type { Check } from '../../../src/results/doctor/check.ts'
import { configSchema } from '../../../src/runner/config.ts'
import { publishedOf } from '../../objectives/_evidence.ts'
import { everyState } from '../../report/_sample.ts'
import { scratchFolder } from '../_shakedown.ts'

const told = (checks: readonly Check[]) => checks.map(({ state, found }) => `${state}: ${found}`)

describe('Node', () => {
  it.each([
    ['v20.20.2', 'problem'],
    ['v22.19.0', 'problem'],
    ['v22.20.0', 'ok'],
    ['v23.11.0', 'problem'],
    ['v24.0.0', 'ok'],
    ['v26.1.0', 'ok'],
  ] as const)('%s is a %s', (version, state) => {
    expect(checkNode(version, undefined)).toMatchObject([{ state }])
  })
})

describe('published declarations', () => {
  const when = { today: '2026-06-01', expiryWarningDays: 14 }
  const first = publishedOf().declaration
  const second = publishedOf({ version: '1.1.0', supersedes: '1.0.0', validFrom: '2026-02-01' }).declaration
  const checked = (...declarations: readonly (typeof first)[]) => {
    using folder = scratchFolder()
    mkdirSync(join(folder.path, 'declarations'))
    for (const each of declarations)
      writeFileSync(join(folder.path, 'declarations', publishedName(each)), JSON.stringify(each))
    return checkDeclarations(folder.path, 'declarations', when)
  }

  it('are in order where none was changed and none is missing', () => {
    const { checks, inForce } = checked(first, second)
    expect(told(checks)).toEqual([
      'ok: 2 versions, none changed or missing',
      'ok: version 1.1.0 of "support desk" holds until 2026-12-31',
    ])
    expect(inForce.map(({ version }) => version)).toEqual(['1.1.0'])
  })

  it('are told one by one where they were changed, and as a chain where one is missing', () => {
    const tampered = { ...first, minimumTrials: 1 }
    const other = { ...publishedOf({ agent: 'other' }).declaration, minimumTrials: 1 }
    const { checks, inForce } = checked(tampered, other)
    expect(told(checks)).toEqual([
      expect.stringMatching(/^problem: declarations\/other-1\.0\.0\.json: .* was changed after it was published/),
      expect.stringMatching(
        /^problem: declarations\/support-desk-1\.0\.0\.json: .* was changed after it was published/,
      ),
    ])
    expect(inForce).toEqual([])
    expect(told(checked(second).checks)).toEqual([
      expect.stringMatching(/^problem: .* supersedes 1\.0\.0, which is not in the folder$/),
    ])
  })
})

describe('baselines', () => {
  it('are told where they are missing, hold nothing, or are of another seed', () => {
    using folder = scratchFolder()
    const of = (baseline: object, seed = everyState.seed) =>
      told(checkBaselines(folder.path, configSchema.parse({ baseline, seed })))
    writeFileSync(join(folder.path, 'main.json'), JSON.stringify(everyState))
    writeFileSync(join(folder.path, 'broken.json'), '{')
    expect(of({ pinned: 'main.json' })).toEqual([
      expect.stringMatching(/^ok: it holds \d+ scenarios, with the seed of the configuration$/),
    ])
    expect(of({ pinned: 'main.json' }, everyState.seed + 1)).toEqual([
      expect.stringMatching(/^warning: .* trials are no pairs, and a comparison is less sharp$/),
    ])
    expect(of({ pinned: 'none.json', moving: 'none.json' })).toEqual([
      expect.stringMatching(/^problem: there is no file /),
      expect.stringMatching(/^ok: there is none yet; /),
    ])
    expect(of({ moving: 'broken.json' })).toEqual([expect.stringMatching(/^problem: /)])
  })
})

describe('the report folder', () => {
  it('can be made, can be written, or stands where a file does', () => {
    using folder = scratchFolder()
    expect(checkOutput(join(folder.path, 'reports/latest'))).toMatchObject({ state: 'ok', found: 'it can be made' })
    expect(checkOutput(folder.path)).toMatchObject({ state: 'ok', found: 'it can be written' })
    writeFileSync(join(folder.path, 'file'), '')
    expect(checkOutput(join(folder.path, 'file/latest'))).toMatchObject({ state: 'problem' })
  })
})
