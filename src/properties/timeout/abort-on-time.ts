import type { Judge } from '../../contract/property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineTimeoutProperty } from './define-timeout-property.ts'
import type { Due, TimedCall } from './timed-call.ts'
import { dueWords, timedWords } from './timeout-words.ts'

interface Rules {
  readonly firstTokenMs: number | null
}

/** T3: a timeout reaches the upstream, and when it is declared to. */
export const abortOnTime = defineTimeoutProperty<Rules>({
  id: 'T3',
  name: 'timeout.abort-on-time',
  statement:
    'No model call is under way for longer than `modelMs`, no tool call for longer than `toolMs`, and no streamed model call for longer than `firstTokenMs` without a first piece of its reply: at that very millisecond of virtual time the upstream sees it given up. That a call is given up sooner proves nothing, as agents have reasons of their own.',
  applies:
    'where the profile declares `timeouts.modelMs`, `timeouts.toolMs` or `timeouts.firstTokenMs`; exercised where such a time is over.',
  begin: ({ modelMs, toolMs, firstTokenMs }) =>
    (modelMs ?? toolMs ?? firstTokenMs) ? { firstTokenMs: firstTokenMs ?? null } : null,
  piece: ({ rules }, call, { at }, judge) => {
    if (call.endedAt === null && call.previousPieceAt === null) judgeDue(firstTokenDue(call, rules), call, at, judge)
  },
  ended: ({ rules }, call, { at }, judge) => {
    if (call.endedAt === at) judgeCall(call, rules, at, judge)
  },
  trialEnded: ({ clock, rules }, { at }, judge) => {
    for (const call of clock.open.values()) judgeCall(call, rules, at, judge)
  },
})

function judgeCall(call: TimedCall, rules: Rules, at: number, judge: Judge): void {
  judgeDue(call.own, call, at, judge)
  if (call.firstPieceAt === null) judgeDue(firstTokenDue(call, rules), call, at, judge)
}

function firstTokenDue({ sentAt, isStreamed }: TimedCall, { firstTokenMs }: Rules): Due | null {
  if (firstTokenMs === null || !isStreamed) return null
  return { at: sentAt + firstTokenMs, bound: 'firstTokenMs', ms: firstTokenMs, from: sentAt }
}

function judgeDue(due: Due | null, call: TimedCall, at: number, judge: Judge): void {
  if (due === null || at < due.at) return
  judge.trigger()
  if (at === due.at) return
  judge.violate({
    sentence: `${timedWords(call)} on behalf of task ${quote(call.task.id)} was still under way at ${inSeconds(at)}, but ${dueWords(due)}`,
    at,
    calls: [call.call],
  })
}
