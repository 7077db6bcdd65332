import * as fc from 'fast-check'
import { z } from 'zod'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { happens, moment, momentArbitrary, ofProcess } from './happening.ts'

const durationMs = z.int().min(1).max(3_600_000)

/** What happens to the process of the agent itself. */
export const processMembers: readonly AnyMember[] = [
  defineMember({
    ...ofProcess,
    id: 'process.block',
    family: 'process',
    summary:
      'the event loop of the agent is blocked for forMs: time passes, nothing fires, and what fell due comes late, in its order',
    source: 'synchronous work and garbage collection; SIGSTOP in Jepsen',
    parameters: z.strictObject({ ...moment, forMs: durationMs.default(5_000).describe('milliseconds') }),
    arbitrary: fc.record({ ...momentArbitrary, forMs: fc.constantFrom(50, 500, 5_000, 30_000) }),
    strike: (_call, { forMs, ...when }) => happens(when, (process, _task, strike) => process.block(forMs, strike)),
  }),
  defineMember({
    ...ofProcess,
    id: 'process.kill',
    family: 'process',
    summary:
      'the process of the agent is killed and started again after downMs, and the tasks that it was at are handed to it again; what upstreams had done stays done; at most three times in a trial',
    source: 'bytedance/deer-flow#3991; Jepsen kills; pods that are evicted or run out of memory',
    parameters: z.strictObject({
      ...moment,
      downMs: durationMs.default(1_000).describe('milliseconds until it is up again'),
    }),
    arbitrary: fc.record({ ...momentArbitrary, downMs: fc.constantFrom(1, 1_000, 30_000) }),
    strike: (_call, { downMs, ...when }) => happens(when, (process, _task, strike) => process.kill(downMs, strike)),
  }),
  defineMember({
    ...ofProcess,
    id: 'task.abort',
    family: 'process',
    summary: 'the signal of the task that made the call is aborted, as when its user cancels it',
    source: 'cancellation sweeps: trio and asyncio test every await point of a task',
    parameters: z.strictObject(moment),
    arbitrary: fc.record(momentArbitrary),
    strike: (_call, when) => happens(when, (process, task, strike) => process.abortTask(task, strike)),
  }),
]
