import { describe, expect, it } from 'vitest'
import type { TaskStarted } from '../../src/contract/event.ts'
import { defineProperty } from '../../src/properties/define-property.ts'
import { type Follower, sharedFollower } from '../../src/properties/follower.ts'
import { prepareJudge } from '../../src/properties/judge-trial.ts'
import { TraceBuilder, factsOf } from './_trace.ts'

class Starts implements Follower {
  readonly follows = ['task.started'] as const
  count = 0

  follow({ id }: TaskStarted): void {
    if (id === 'bad') throw new TypeError('no such task')
    this.count += 1
  }
}
const startsOf = sharedFollower(({ profile }) => (profile.maxSteps === undefined ? null : new Starts()))

/** Says at every start how many its follower has seen. */
function reader(id: string) {
  return defineProperty<Starts>({
    ...{ id, name: `test.${id.toLowerCase()}`, kind: 'safety', statement: 'A test.', applies: 'always.' },
    start: (facts) => startsOf(facts),
    on: { 'task.started': ({ count }, _event, judge) => judge.sample(`seen ${count}`) },
    end: (_state, judge) => judge.trigger(),
  })
}

describe('what properties share', () => {
  it('is fed every event once, before any of them sees it, and anew in each trial', () => {
    const prepared = prepareJudge([reader('X1'), reader('X2')], factsOf({ maxSteps: 3 }))
    const seen = { verdict: 'holds', triggers: 1, samples: { 'seen 1': 1, 'seen 2': 1 } }
    for (let trial = 0; trial < 2; trial++) {
      const judge = prepared.begin()
      for (const event of new TraceBuilder().started('a').started('b').events) judge.observe(event)
      expect(judge.finish()).toEqual(
        new Map([
          ['X1', seen],
          ['X2', seen],
        ]),
      )
    }
  })

  it('is nothing where the profile declares nothing to follow', () => {
    const judge = prepareJudge([reader('X1')], factsOf()).begin()
    for (const event of new TraceBuilder().started('bad').events) judge.observe(event)
    expect(judge.finish().get('X1')).toEqual({ verdict: 'not applicable' })
  })

  it('is told apart from the properties where it throws', () => {
    const judge = prepareJudge([reader('X1')], factsOf({ maxSteps: 3 })).begin()
    const [event] = new TraceBuilder().started('bad').events
    expect(() => event && judge.observe(event)).toThrow(
      'What several properties share threw while judging task.started at 0.000 s: no such task; mend it, the verdicts cannot be trusted.',
    )
  })
})
