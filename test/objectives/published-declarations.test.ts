import { describe, expect, it } from 'vitest'
import type { EvidencedDeclaration } from '../../src/objectives/accuracy-declaration.ts'
import {
  type Publication,
  type PublicationRequest,
  preparePublication,
} from '../../src/objectives/prepare-publication.ts'
import {
  chainsOf,
  inForceOn,
  publishedName,
  readEvidenced,
  readPublished,
} from '../../src/objectives/published-declarations.ts'
import { declarationOf } from './_counts.ts'
import { evidencedOf, evidencedValue, publishedOf } from './_evidence.ts'

const first = publishedOf()
const second = publishedOf({ version: '1.1.0', supersedes: '1.0.0', validFrom: '2026-06-01' })

function prepare(draft: EvidencedDeclaration, changes: Partial<PublicationRequest> = {}): Publication {
  return preparePublication({
    draft,
    place: 'draft.json',
    published: [first, second],
    today: '2026-07-01',
    acceptedRegression: null,
    ...changes,
  })
}

const next = (changes: Partial<EvidencedDeclaration> = {}) =>
  evidencedOf({ version: '1.2.0', supersedes: '1.1.0', ...changes })

describe('preparePublication', () => {
  it('seals what follows on the newest published version', () => {
    const publication = prepare(next())
    if (publication.kind !== 'publish') throw new Error(`it was ${publication.kind}`)
    expect(publication.declaration).toEqual({ ...next(), digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(readPublished(publication.declaration, 'it')).toEqual(publication.declaration)
  })

  it('seals the first version of an agent that has none', () => {
    expect(prepare(evidencedOf({ agent: 'sales' })).kind).toBe('publish')
  })

  it.each<[string, EvidencedDeclaration, string]>([
    [
      'what has expired',
      next({ validUntil: '2026-06-30' }),
      'draft.json: version 1.2.0 of "support desk" expired after 2026-06-30, and today is 2026-07-01; draft it again from a run of today\'s agent.',
    ],
    [
      'what does not hold yet',
      next({ validFrom: '2026-07-02' }),
      'draft.json: version 1.2.0 of "support desk" is not valid before 2026-07-02, and today is 2026-07-01; draft it again from a run of today\'s agent.',
    ],
    [
      'a gap: a successor of what is not the newest',
      next({ supersedes: '1.0.0' }),
      'draft.json: version 1.2.0 of "support desk" supersedes 1.0.0, and 1.1.0 is the newest that is published; let "supersedes" be "1.1.0".',
    ],
    [
      'a gap: a successor of what was never published',
      evidencedOf({ agent: 'sales', version: '1.2.0', supersedes: '1.1.0' }),
      'draft.json: version 1.2.0 of "sales" supersedes 1.1.0, and none is published; let "supersedes" be null.',
    ],
    [
      'a chain that begins again',
      next({ supersedes: null }),
      'draft.json: version 1.2.0 of "support desk" supersedes none, and 1.1.0 is the newest that is published; let "supersedes" be "1.1.0".',
    ],
    [
      'a version that is not newer',
      next({ version: '1.0.9' }),
      'draft.json: version 1.0.9 of "support desk" is not newer than 1.1.0, which is published; give it a newer version.',
    ],
    [
      'other content for a published version',
      evidencedOf({ validUntil: '2027-12-31' }),
      'draft.json: version 1.0.0 of "support desk" is published as declarations/support-desk-1.0.0.json with another content, and stays as it is; give this one a newer version.',
    ],
    [
      'an agent whose file another agent has',
      evidencedOf({ agent: 'Support, desk' }),
      'draft.json: version 1.0.0 of "Support, desk" would be support-desk-1.0.0.json, which is of "support desk"; choose an agent name that differs in letters or digits.',
    ],
  ])('refuses %s', (_what, draft, sentence) => {
    expect(() => prepare(draft)).toThrow(expect.objectContaining({ message: sentence, kind: 'usage' }))
  })

  it('says so of what is published already, whatever the order of its fields', () => {
    const turned = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(first.declaration).toReversed())))
    expect(prepare(readEvidenced(turned, 'it'), { today: '2030-01-01' })).toEqual({ kind: 'published' })
  })

  it('refuses to promise less than before, or not at all any more, and names every value', () => {
    const values = [
      evidencedValue(0.98, 990, 1_000),
      evidencedValue(0.9, 1_000, 1_000, { faultClass: 'tool failures' }),
      evidencedValue(0.9, 1_000, 1_000, { stratum: 'letters' }),
    ]
    const published = [publishedOf({ values })]
    const less = [evidencedValue(0.979, 990, 1_000), evidencedValue(0.95, 1_000, 1_000, { stratum: 'letters' })]
    const draft = evidencedOf({ version: '1.1.0', supersedes: '1.0.0', values: less })
    const regressions = [
      'task_success, without faults: 0.98 before, 0.979 now',
      'task_success, tool failures: 0.9 before, not declared any more',
    ]
    expect(prepare(draft, { published })).toEqual({ kind: 'regressed', before: '1.0.0', regressions })
    const reason = 'a smaller model'
    expect(prepare(draft, { published, acceptedRegression: reason })).toMatchObject({
      kind: 'publish',
      declaration: { acceptedRegression: { reason, values: regressions } },
    })
  })

  it('records no reason where nothing regressed, and believes no draft that brings one', () => {
    const draft = next({ acceptedRegression: { reason: 'because', values: ['all'] } })
    for (const acceptedRegression of [null, 'because']) {
      expect(prepare(draft, { acceptedRegression })).toMatchObject({
        kind: 'publish',
        declaration: expect.not.objectContaining({ acceptedRegression: expect.anything() }),
      })
    }
  })
})

describe('published declarations', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'later days',
      { ...first.declaration, validUntil: '2030-12-31' },
      /was changed after it was published, its digest [0-9a-f]{12}… is of another text/,
    ],
    ['fewer trials asked for', { ...first.declaration, minimumTrials: 1 }, /was changed after it was published/],
    [
      'a higher value',
      { ...first.declaration, values: [evidencedValue(0.981, 990, 1_000)] },
      /was changed after it was published/,
    ],
    [
      'better evidence',
      { ...first.declaration, values: [evidencedValue(0.98, 999, 1_000)] },
      /was changed after it was published/,
    ],
    ['no digest', evidencedOf(), /is a draft; move it elsewhere and publish it/],
    ['no evidence', declarationOf(), /carries no evidence and cannot be published; draft one from a run/],
  ])('are refused with %s', (_what, value, sentence) => {
    expect(() => readPublished(value, 'declarations/x.json')).toThrow(sentence)
  })

  it('make a chain for each agent, the oldest first, whatever the order of the files', () => {
    const tenth = publishedOf({ version: '1.10.0', supersedes: '1.1.0' })
    const chains = chainsOf([tenth, second, publishedOf({ agent: 'sales' }), first])
    expect([...chains].map(([agent, chain]) => [agent, chain.map(({ declaration }) => declaration.version)])).toEqual([
      ['support desk', ['1.0.0', '1.1.0', '1.10.0']],
      ['sales', ['1.0.0']],
    ])
  })

  it('are refused where one is missing', () => {
    const third = publishedOf({ version: '1.2.0', supersedes: '1.1.0' })
    expect(() => chainsOf([second])).toThrow(/supersedes 1\.0\.0, which is not in the folder; restore its file/)
    expect(() => chainsOf([first, third])).toThrow(/version 1\.2\.0 follows 1\.0\.0 but supersedes 1\.1\.0/)
  })

  it.each([
    ['2025-12-31', '1.1.0'],
    ['2026-05-31', '1.0.0'],
    ['2026-06-01', '1.1.0'],
    ['2027-01-01', '1.1.0'],
  ])('are in force on %s as version %s: the newest that has begun, also once it has expired', (today, version) => {
    expect(inForceOn([first, second], today)?.declaration.version).toBe(version)
  })

  it.each([
    ['Support desk (v2)', 'support-desk-v2-1.0.0.json'],
    ['../../etc/passwd', 'etc-passwd-1.0.0.json'],
    ['客服', '客服-1.0.0.json'],
    ['…', 'agent-1.0.0.json'],
  ])('of "%s" are in %s', (agent, name) => {
    expect(publishedName({ agent, version: '1.0.0' })).toBe(name)
  })
})
