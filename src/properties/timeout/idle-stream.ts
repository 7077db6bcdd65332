import type { Judge } from '../../contract/property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineTimeoutProperty } from './define-timeout-property.ts'
import type { TimedCall } from './timed-call.ts'
import { timedWords } from './timeout-words.ts'

interface Rules {
  readonly idleMs: number
  readonly stepMs: number | null
  /** Milliseconds after which a hung probe of a breaker is given up; null: none is declared. */
  readonly probeMs: number | null
}

/** T5: a stream that pauses too long is given up, one that goes on is not. */
export const idleStream = defineTimeoutProperty<Rules>({
  id: 'T5',
  name: 'timeout.idle-stream',
  statement:
    'Between two pieces of a streamed reply, and between the last piece and its end, no more than `idleMs` pass without the call being given up at that very millisecond; and a stream whose pieces keep coming is not given up because `idleMs` have passed since it was sent, since its head or since its first piece, as if that were its total.',
  applies: 'where the profile declares `timeouts.idleMs`; exercised where a stream pauses or lasts that long.',
  begin: ({ idleMs, stepMs = null }, { profile }) =>
    idleMs === undefined ? null : { idleMs, stepMs, probeMs: profile.breaker?.probeTimeoutMs ?? null },
  piece: ({ rules }, call, { at }, judge) => {
    if (call.endedAt === null) judgePause(call.previousPieceAt, call, rules, at, judge)
  },
  ended: ({ rules }, call, { at }, judge) => {
    if (call.endedAt !== at) return
    judgePause(call.lastPieceAt, call, rules, at, judge)
    judgeLife(call, rules, at, judge)
  },
  trialEnded: ({ clock, rules }, { at }, judge) => {
    for (const call of clock.open.values()) judgePause(call.lastPieceAt, call, rules, at, judge)
  },
})

function judgePause(since: number | null, call: TimedCall, { idleMs }: Rules, at: number, judge: Judge): void {
  if (since === null || at < since + idleMs) return
  judge.trigger()
  if (at === since + idleMs) return
  judge.violate({
    sentence: `the reply to ${timedWords(call)} on behalf of task ${quote(call.task.id)} had paused since ${inSeconds(since)} and the call was still under way at ${inSeconds(at)}, but \`timeouts.idleMs\` is ${inSeconds(idleMs)}`,
    at,
    calls: [call.call],
  })
}

/** A stream that was given up although it was alive, at a moment that nothing but the idle time explains. */
function judgeLife(call: TimedCall, rules: Rules, at: number, judge: Judge): void {
  const { sentAt, headAt, firstPieceAt, lastPieceAt } = call
  const { idleMs } = rules
  if (firstPieceAt === null || lastPieceAt === null || at >= lastPieceAt + idleMs || at < sentAt + idleMs) return
  judge.trigger()
  const since = [sentAt, headAt, firstPieceAt].find((start) => start !== null && at === start + idleMs)
  if (call.ending !== 'aborted' || since === undefined || since === null || isExplained(call, rules, at)) return
  judge.violate({
    sentence: `${timedWords(call)} on behalf of task ${quote(call.task.id)} was given up at ${inSeconds(at)}, ${inSeconds(idleMs)} after ${inSeconds(since)}, as if \`timeouts.idleMs\` were the time for the whole reply; its last piece had come at ${inSeconds(lastPieceAt)}`,
    at,
    calls: [call.call],
  })
}

function isExplained({ own, outer, sentAt, task }: TimedCall, { probeMs, stepMs }: Rules, at: number): boolean {
  if (task.cancelledAt !== null || task.endedAt !== null) return true
  if (probeMs !== null && at === sentAt + probeMs) return true
  // The step may have begun with a wait, before its first request.
  if (stepMs !== null && at - stepMs >= task.stepMayStartAt && at - stepMs <= sentAt) return true
  return own?.at === at || outer.some((due) => due.at === at)
}
