import type { ModelReplyView, TaskEnded } from '../../contract/event.ts'
import type { Profile } from '../../contract/profile.ts'
import { inSeconds } from '../virtual-time.ts'
import { asksForHeartbeat } from './heartbeat.ts'
import type { ModelCall, TaskHistory } from './task-history.ts'

/** What contradicts a stop reason: the rest of the sentence "it stopped with …, but", and the calls that prove it. */
export interface Contradiction {
  readonly because: string
  readonly calls: readonly number[]
}

/** Null where some admissible reading of the history bears the reason out. */
export type StopRule = (history: TaskHistory, profile: Profile, end: TaskEnded) => Contradiction | null

/**
 * What each judged stop reason says of the wire.
 *
 * `invalid_llm_response` and `error` are not judged: nothing that the profile declares contradicts them.
 */
export const stopReasonRules: { readonly [reason: string]: StopRule } = {
  end_turn: (history, profile, end) => {
    if (isOfNoModel(profile, end)) return null
    const last = history.lastCalls()
    if (last.some((call) => call.succeeded && call.reply && !wantsMore(call.reply, profile))) return null
    const beats = profile.heartbeat ? ', and for a heartbeat after them' : ''
    return contradiction(last, 'it made no model call', (call) =>
      call.succeeded ? `asked for ${call.reply?.toolCalls.length ?? 0} tool calls${beats}` : endingWords(call),
    )
  },

  llm_api_error: (history) => {
    const last = history.lastCalls()
    if (last.length === 0 || last.some((call) => !call.succeeded)) return null
    return contradiction(last, '', () => 'succeeded')
  },

  max_steps: (history, { maxSteps }) => {
    const { replies, lastReply } = history
    if (!lastReply) return { because: 'no model reply had arrived', calls: [] }
    const calls = [lastReply.call]
    if (maxSteps !== undefined && replies !== maxSteps) {
      return { because: `${replies} model replies had arrived where ${maxSteps} are the declared limit`, calls }
    }
    if (lastReply.reply?.toolCalls.length !== 0) return null
    return { because: 'the last model reply asked for no tool, so that there was no further step to take', calls }
  },

  tool_rule: ({ lastReply }) => lastAsked(lastReply, 'so that no rule on tools could end it'),

  no_tool_call: ({ lastReply }) => {
    if (!lastReply) return { because: 'no model reply had arrived', calls: [] }
    const asked = lastReply.reply?.toolCalls.length ?? 0
    return asked === 0
      ? null
      : { because: `the last model reply asked for ${asked} tool calls`, calls: [lastReply.call] }
  },

  invalid_tool_call: ({ lastReply }) => lastAsked(lastReply, 'so that no call of it could be wrong'),

  requires_approval: (history, { tools }) => {
    if (history.undecided.size > 0) return null
    if (history.asked > 0) return { because: 'every approval that it asked for had been decided', calls: [] }
    // An agent may hand its question to the caller by stopping: then the stop itself is the ask.
    const wanted = history.lastReply?.reply?.toolCalls ?? []
    if (wanted.some(({ name }) => tools?.gated.includes(name))) return null
    return { because: 'it had asked for no approval', calls: [] }
  },

  cancelled: ({ isCancelled }) => (isCancelled ? null : { because: 'nobody had cancelled it', calls: [] }),

  deadline: ({ startedAt, endedBadly }, { timeouts }, { at: stoppedAt }) => {
    const limitMs = Math.min(timeouts?.taskMs ?? Infinity, timeouts?.stepMs ?? Infinity)
    const lastedMs = stoppedAt - startedAt
    // An agent need not begin a wait that the deadline would cut.
    if (limitMs === Infinity || lastedMs >= limitMs || endedBadly) return null
    const because = `it had lasted ${inSeconds(lastedMs)} of its ${inSeconds(limitMs)}, and nothing had failed that it could have been waiting for`
    return { because, calls: [] }
  },

  context_window_exceeded: ({ lastError }, { fallback }) => {
    // Who knows the window may count before it sends, and then nothing is to be seen.
    if (lastError?.overflowed || fallback?.chain[0]?.windowTokens !== undefined) return null
    if (!lastError) return { because: 'no model call had failed', calls: [] }
    return {
      because: `the last failure of a model call was no context overflow: call ${lastError.call} ${endingWords(lastError)}`,
      calls: [lastError.call],
    }
  },
}

/** Whether a reply asks for another step: by its tool calls or, where that is declared, by a heartbeat in one of them. */
function wantsMore({ toolCalls }: ModelReplyView, { heartbeat }: Profile): boolean {
  if (!heartbeat) return toolCalls.length > 0
  return toolCalls.some((call) => asksForHeartbeat(call, heartbeat.parameter))
}

/** Contradicted where the last reply asked for no tool. */
function lastAsked(lastReply: TaskHistory['lastReply'], hence: string): Contradiction | null {
  if (!lastReply) return { because: 'no model reply had arrived', calls: [] }
  if (lastReply.reply?.toolCalls.length !== 0) return null
  return { because: `the last model reply asked for no tool, ${hence}`, calls: [lastReply.call] }
}

/** Whether the answer is claimed to come from a declared source that asks no model: a cache, or fixed text. */
function isOfNoModel({ fallback }: Profile, { outcome }: TaskEnded): boolean {
  const { source } = outcome.claims ?? {}
  return fallback?.chain.some((one) => one.source === source && one.upstream === undefined) ?? false
}

function contradiction(calls: readonly ModelCall[], ifNone: string, words: (call: ModelCall) => string): Contradiction {
  const first = calls[0]
  const because = first
    ? `its last model call (call ${first.call}, sent at ${inSeconds(first.sentAt)}) ${words(first)}`
    : ifNone
  return { because, calls: calls.map(({ call }) => call) }
}

function endingWords(call: ModelCall): string {
  return call.ending ?? 'was still unanswered'
}
