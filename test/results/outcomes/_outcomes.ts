import * as fc from 'fast-check'
import type { TaskOutcome } from '../../../src/results/outcomes/task-outcome.ts'

const excluded = { verdict: 'excluded', timedOut: false, toolCalls: 0, latencyMs: null } as const

const anyTask: fc.Arbitrary<TaskOutcome> = fc.oneof(
  { weight: 1, arbitrary: fc.nat(50).map((task) => ({ task, ...excluded })) },
  {
    weight: 5,
    arbitrary: fc.record({
      task: fc.nat(50),
      verdict: fc.constantFrom('solved' as const, 'failed' as const),
      timedOut: fc.boolean(),
      toolCalls: fc.nat(40),
      latencyMs: fc.option(fc.nat(90_000_000)),
    }),
  },
)

/** The tasks of a trial with whatever may have become of them. */
export const anyTrial = fc.array(anyTask, { maxLength: 4 })
