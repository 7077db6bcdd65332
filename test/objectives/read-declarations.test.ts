import { describe, expect, it } from 'vitest'
import { readDeclarations } from '../../src/objectives/read-declarations.ts'
import { declarationOf } from './_counts.ts'

const first = declarationOf({ version: '1.1.0', supersedes: null })
const second = declarationOf()

describe('readDeclarations', () => {
  it('reads what a JSON file holds', () => {
    expect(readDeclarations(JSON.parse(JSON.stringify(second)), 'scenario "x"')).toEqual(second)
  })

  it('returns the newest of a chain of versions', () => {
    expect(readDeclarations([first, second], 'scenario "x"')).toEqual(second)
  })

  it.each<[string, unknown, RegExp]>([
    [
      'an unknown metric',
      { ...second, values: [{ metric: 'factual_retrieval', value: 0.94 }] },
      /^scenario "x": accuracy declaration: expected a metric that Shakedown measures, one of task_success, .*, hallucination_free at "values\.0\.metric", found "factual_retrieval"; mend the declaration\.$/,
    ],
    [
      'a value above one',
      { ...second, values: [{ metric: 'task_success', value: 94 }] },
      /at "values\.0\.value", found 94;/,
    ],
    ['an unknown field', { ...second, valid_for_days: 90 }, /"valid_for_days"/],
    [
      'a version that is none',
      { ...second, version: '1.2' },
      /expected a version such as 1\.2\.0 at "version", found "1\.2"/,
    ],
    ['a date that is none', { ...second, validUntil: 'soon' }, /at "validUntil", found "soon"/],
    [
      'days in the wrong order',
      { ...second, validUntil: '2025-01-01' },
      /last day that is not before the first at "validUntil"/,
    ],
    ['no value', { ...second, values: [] }, /at "values"/],
    ['nothing', null, /found null/],
    ['an empty list', [], /the list of declarations is empty/],
    [
      'a value that is declared twice',
      { ...second, values: [second.values[0], { metric: 'task_success', value: 0.5 }] },
      /two values for task_success of the same stratum and fault class, the second at "values\.1"/,
    ],
    [
      'a version that supersedes a newer one',
      { ...second, supersedes: '1.10.0' },
      /version 1\.2\.0 supersedes 1\.10\.0, which is not older/,
    ],
    [
      'a gap in the chain',
      [first, { ...second, version: '1.3.0', supersedes: '1.2.0' }],
      /version 1\.3\.0 follows 1\.1\.0 but supersedes 1\.2\.0/,
    ],
    ['a chain that starts again', [first, { ...second, supersedes: null }], /follows 1\.1\.0 but supersedes none/],
    ['versions of two agents', [first, { ...second, agent: 'sales' }], /is of "sales" and follows one of "support"/],
  ])('refuses %s in one sentence', (_what, value, sentence) => {
    expect(() => readDeclarations(value, 'scenario "x"')).toThrow(sentence)
  })
})
