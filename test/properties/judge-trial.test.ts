import { describe, expect, it } from 'vitest'
import { ShakedownError } from '../../src/contract/errors.ts'
import { defineProperty } from '../../src/properties/define-property.ts'
import { createTrialJudge, prepareJudge } from '../../src/properties/judge-trial.ts'
import { properties } from '../../src/properties/properties.ts'
import { TraceBuilder, factsOf } from './_trace.ts'

const words = { id: 'X1', name: 'test.x', kind: 'safety', statement: 'A test.', applies: 'always.' } as const
const counting = defineProperty<{ seen: number }>({
  ...words,
  start: () => ({ seen: 0 }),
  on: {
    'task.started': (state, event, judge) => {
      state.seen += 1
      judge.trigger()
      judge.violate({ sentence: `start ${state.seen} of ${event.id}`, at: event.at, calls: [] })
    },
  },
})
const thrown = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('the judge of a trial', () => {
  it('keeps the first witness and counts every trigger', () => {
    const judge = createTrialJudge([counting], factsOf())
    for (const event of new TraceBuilder().started('a', 0).started('b', 1).events) judge.observe(event)
    const witness = { sentence: 'start 1 of a', at: 0, calls: [] }
    expect(judge.finish()).toEqual(new Map([['X1', { verdict: 'violated', triggers: 2, witness }]]))
  })

  it('starts every trial afresh, however trials interleave', () => {
    const prepared = prepareJudge([counting], factsOf())
    const [first, second] = [prepared.begin(), prepared.begin()]
    const [event] = new TraceBuilder().started('a').events
    if (event) [first, second].forEach((judge) => judge.observe(event))
    expect(second.finish()).toEqual(first.finish())
    expect(prepared.begin().finish().get('X1')).toEqual({ verdict: 'vacuous' })
  })

  it('gives the verdicts of all properties in their order, inapplicable ones included', () => {
    const verdicts = createTrialJudge(properties.all, factsOf()).finish()
    expect([...verdicts.keys()]).toEqual(properties.all.map(({ id }) => id))
    expect(verdicts.get('R1')).toEqual({ verdict: 'not applicable' })
  })

  it('gives the same verdicts when asked again', () => {
    const judge = createTrialJudge(properties.all, factsOf({ retry: { maxAttempts: 1 } }))
    expect(judge.finish()).toBe(judge.finish())
  })

  it('never steps an inapplicable property', () => {
    const step = () => expect.unreachable('stepped')
    const inapplicable = defineProperty({ ...words, start: () => null, on: { 'task.started': step }, end: step })
    const judge = createTrialJudge([inapplicable], factsOf())
    for (const event of new TraceBuilder().started().events) judge.observe(event)
    expect(judge.finish().get('X1')).toEqual({ verdict: 'not applicable' })
  })

  it('reports a property that throws as a failure of the harness, by name', () => {
    const boom = () => {
      throw new TypeError('no such state')
    }
    const atStep = defineProperty({ ...words, start: () => 1, on: { 'task.started': boom } })
    const atEnd = defineProperty({ ...words, start: () => 1, on: {}, end: boom })
    const [event] = new TraceBuilder().after(1_250).started().events
    const step = thrown(() => event && createTrialJudge([atStep], factsOf()).observe(event))
    const end = thrown(() => createTrialJudge([atEnd], factsOf()).finish())
    expect(ShakedownError.is(step) && [step.kind, step.code, step.message]).toEqual([
      'harness',
      'SHAKEDOWN_PROPERTY_THREW',
      'Property X1 (test.x) threw while judging task.started at 1.250 s: no such state; mend it, the verdicts cannot be trusted.',
    ])
    expect(ShakedownError.is(end) && end.message).toContain('while judging the end of the trial: no such state')
  })

  it('takes one property twice as once, and refuses two of one id', () => {
    expect(createTrialJudge([...properties.loop, ...properties.all], factsOf()).finish().size).toBe(
      properties.all.length,
    )
    const other = defineProperty({ ...words, name: 'test.y', start: () => 1, on: {} })
    expect(() => prepareJudge([counting, other], factsOf())).toThrow('share the id "X1" ("test.x" and "test.y")')
  })

  it('takes secrets out of witnesses, in every form and where a quotation was clipped', () => {
    const value = 'sk-canary-7f3a91c4'
    const quoting = defineProperty({
      ...words,
      start: () => 1,
      on: {
        'task.started': (_state, event, judge) =>
          judge.violate({ sentence: `it wrote ${event.id}`, at: event.at, calls: [] }),
      },
    })
    const secrets = [{ name: 'crm key', value, mayReach: [] }]
    const sentence = (text: string) => {
      const judge = createTrialJudge([quoting], factsOf({}, secrets))
      for (const event of new TraceBuilder().started(text).events) judge.observe(event)
      const verdict = judge.finish().get('X1')
      return verdict?.verdict === 'violated' ? verdict.witness.sentence : ''
    }
    expect(sentence(`${value} and ${value.toUpperCase()}!`)).toBe('it wrote [secret crm key] and [secret crm key]!')
    expect(sentence(Buffer.from(value).toString('hex'))).toBe('it wrote [secret crm key]')
    expect(sentence('"key: sk-canary-7…, …')).toBe('it wrote "key: [secret crm key]…, …')
  })
})
