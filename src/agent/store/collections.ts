import { recallable } from '../memory/recall.ts'
import { collection } from './collection.ts'
import { approvalSchema, effectSchema } from './records/effect-records.ts'
import { breakerRecordSchema, keptAnswerSchema } from './records/guard-records.ts'
import { blockSchema, passageSchema } from './records/memory-records.ts'
import { messageRecordSchema } from './records/message-record.ts'
import { runSchema, stepSchema, traceSchema } from './records/run-records.ts'

/** Two names as one: no two pairs have the same. */
function pair(first: string, second: string | number): string {
  return JSON.stringify([first, second])
}

/** All that a store keeps. The names are those of the tables; a change of what a record is needs a new version. */
export const collections = {
  runs: collection(runSchema, {
    idOf: ({ id }) => id,
    scopeOf: () => '',
    orderOf: ({ startedAtMs }) => startedAtMs,
  }),
  steps: collection(stepSchema, {
    idOf: ({ run, number }) => pair(run, number),
    scopeOf: ({ run }) => run,
    orderOf: ({ number }) => number,
  }),
  messages: collection(messageRecordSchema, {
    idOf: ({ run, number }) => pair(run, number),
    scopeOf: ({ run }) => run,
    orderOf: ({ number }) => number,
    findableAs: recallable,
  }),
  blocks: collection(blockSchema, {
    idOf: ({ owner, label }) => pair(owner, label),
    scopeOf: ({ owner }) => owner,
    orderOf: ({ position }) => position,
  }),
  passages: collection(passageSchema, {
    idOf: ({ id }) => id,
    scopeOf: ({ owner }) => owner,
    orderOf: ({ createdAtMs }) => createdAtMs,
    findableAs: ({ owner, text, createdAtMs }) => ({ owner, text, atMs: createdAtMs, shownIn: null }),
  }),
  approvals: collection(approvalSchema, {
    idOf: ({ id }) => id,
    scopeOf: ({ run }) => run,
    orderOf: ({ requestedAtMs }) => requestedAtMs,
  }),
  effects: collection(effectSchema, {
    idOf: ({ run, effectKey }) => pair(run, effectKey),
    scopeOf: ({ run }) => run,
    orderOf: ({ number }) => number,
  }),
  traces: collection(traceSchema, {
    idOf: ({ id }) => id,
    scopeOf: ({ run }) => run,
    orderOf: ({ atMs }) => atMs,
  }),
  breakers: collection(breakerRecordSchema, {
    idOf: ({ name }) => name,
    scopeOf: () => '',
    orderOf: ({ atMs }) => atMs,
  }),
  answers: collection(keptAnswerSchema, {
    idOf: ({ key }) => key,
    scopeOf: () => '',
    orderOf: ({ usedAtMs }) => usedAtMs,
  }),
} as const

export type CollectionName = keyof typeof collections

/** The kinds of record that can be searched. */
export const findableNames = ['messages', 'passages'] as const satisfies readonly CollectionName[]
export type FindableName = (typeof findableNames)[number]
