import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidencedDeclaration } from '../../src/objectives/accuracy-declaration.ts'
import { judgeDeclaration } from '../../src/objectives/judge-declaration.ts'
import { draftValues } from '../../src/objectives/draft-values.ts'
import { readDeclarations } from '../../src/objectives/read-declarations.ts'
import { noOutcomes } from '../../src/objectives/task-outcomes.ts'
import { conditionOf, declarationOf, tasksOf } from './_counts.ts'
import { evidencedOf, evidencedValue } from './_evidence.ts'

const sound = evidencedOf()
const [value] = sound.values
if (value === undefined) throw new Error('the sample declares nothing')
const withEvidence = (changes: Partial<typeof value.evidence>): EvidencedDeclaration => ({
  ...sound,
  values: [{ ...value, evidence: { ...value.evidence, ...changes } }],
})

describe('the evidence of a declaration', () => {
  it('is counted again when it is read', () => {
    expect(readDeclarations(JSON.parse(JSON.stringify(sound)), 'draft.json')).toEqual(sound)
  })

  it.each<[string, unknown, RegExp]>([
    [
      'an interval that does not follow from its counts',
      withEvidence({ interval: [0.989, 0.995] }),
      /^draft\.json: accuracy declaration at "values\.0": 990 of 1000, worth 1000 independent observations, have the interval 0\.981\d+ to 0\.995\d+, and not 0\.989 to 0\.995; draft it again from its results\.json\.$/,
    ],
    ['counts that do not make the interval', withEvidence({ successes: 995 }), /995 of 1000, worth 1000 independent/],
    ['more observations than there were', withEvidence({ of: 10_000, observations: 10_000 }), /and not 0\.981/],
    [
      'more successes than tasks',
      withEvidence({ successes: 1_001 }),
      /expected at most as many as "of" at "values\.0\.evidence\.successes"/,
    ],
    ['more observations than tasks', withEvidence({ observations: 1_001 }), /"values\.0\.evidence\.observations"/],
    [
      'a value above its evidence',
      evidencedOf({ values: [evidencedValue(0.982, 990, 1_000)] }),
      /^draft\.json: accuracy declaration at "values\.0": 0\.982 is declared, and 990 of 1000 support no more than 0\.981\d*; declare that at most, or make more trials\.$/,
    ],
    [
      'a value without evidence',
      { ...sound, values: [{ metric: 'task_success', value: 0.9, faultClass: 'x' }] },
      /"values\.0\.evidence", found nothing/,
    ],
    [
      'a value of every condition',
      { ...sound, values: [{ ...value, faultClass: undefined }] },
      /expected the condition that the evidence is of/,
    ],
    ['no word of where it comes from', { ...sound, measured: undefined }, /"measured", found nothing/],
    [
      'a commit that is none',
      { ...sound, measured: { ...sound.measured, commit: 'main' } },
      /expected the hash of a commit at "measured\.commit", found "main"/,
    ],
    ['evidence in a claim', { ...declarationOf(), measured: sound.measured }, /"measured"/],
    [
      'a format that is unknown',
      { ...sound, format: 'shakedown-accuracy-declaration/3' },
      /expected an accuracy declaration, with the format "shakedown-accuracy-declaration\/2" or "…\/1"/,
    ],
  ])('refuses %s', (_what, declaration, sentence) => {
    expect(() => readDeclarations(declaration, 'draft.json')).toThrow(sentence)
  })

  it('supports its lower bound and not a millionth more, for any counts', () => {
    const counts = fc
      .integer({ min: 1, max: 5_000 })
      .chain((of) => fc.tuple(fc.integer({ min: 1, max: of }), fc.constant(of)))
    fc.assert(
      fc.property(counts, ([successes, of]) => {
        const [bound = 0] = evidencedValue(0, successes, of).evidence.interval
        const read = (declared: number) =>
          readDeclarations(evidencedOf({ values: [evidencedValue(declared, successes, of)] }), 'x')
        expect(() => read(bound)).not.toThrow()
        expect(() => read(bound + 1e-6)).toThrow(/support no more than/)
      }),
    )
  })

  it.each([
    ['tasks like these', false, 'tasks', 0.283],
    ['these tasks', true, 'any time', 0.651],
    ['these tasks', false, 'trials', 0.708],
  ] as const)('is counted again for %s, looked at on the way: %s', (population, isSequential, basis, bound) => {
    const byTask = { a: 20, b: 20, c: 20, d: 10, e: 10 }
    const outcomes = Object.entries(byTask).map(([id, solved]) => [id, { ...noOutcomes, solved, failed: 20 - solved }])
    const tasks = tasksOf(80, 100, { byTask: Object.fromEntries(outcomes) })
    const condition = conditionOf(tasks, { reading: { population, isSequential } })
    const terms = { metrics: ['task_success'], minimumTrials: 50, digits: 3, laterShare: null } as const
    const { values } = draftValues([condition], terms)
    expect(values).toMatchObject([{ evidence: { successes: 80, of: 100, observations: 100, basis } }])
    const draft = evidencedOf({ values: [...values] })
    expect(readDeclarations(JSON.parse(JSON.stringify(draft)), 'x')).toEqual(draft)
    expect(values[0]?.value).toBe(bound)
  })

  it('does not change what a run says of a value', () => {
    const run = [conditionOf(tasksOf(985, 1_000))]
    const claim = declarationOf({ values: [{ metric: 'task_success', value: 0.98 }] })
    expect(judgeDeclaration(sound, run)).toEqual(judgeDeclaration(claim, run))
  })
})
