import type { UpstreamKind } from './upstream-kind.ts'
import type { Effect } from './task.ts'
import type { JsonObject } from './json.ts'
import type { Outcome } from './outcome.ts'
import type { OutcomeClass } from './outcome-class.ts'

/** One tool call as a model asked for it; `arguments` is the model's text, not yet known to be JSON. */
export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly arguments: string
}

/** What a model request says, independent of dialect. */
export interface ModelRequestView {
  readonly model: string
  /** Names of the tools offered in this very request. */
  readonly offeredTools: readonly string[]
  /** Tool calls in the history of the request, in order. */
  readonly toolCalls: readonly ToolCall[]
  /** Tool results in the history of the request, in order. */
  readonly toolResults: readonly { readonly callId: string; readonly content: string }[]
  /** Tokens of the request by the provider's tokenizer, tool schemas included. */
  readonly inputTokens: number
  /** The most tokens the reply may have, where the request says so. */
  readonly maxOutputTokens: number | null
  readonly messages: number
  /** Whether the reply is wanted as a stream. */
  readonly stream: boolean
}

/** What a model reply says, independent of dialect. */
export interface ModelReplyView {
  readonly content: string | null
  readonly finishReason: string
  readonly toolCalls: readonly ToolCall[]
}

/** A call of a tool as its back end understood it; `arguments` are the parsed ones. */
export interface ToolRequestView {
  readonly name: string
  readonly arguments: JsonObject
}

/** Response headers that a client acts on, lower-case; only these are recorded. */
export type RecordedHeaders = { readonly [name: string]: string }

interface At {
  /** Virtual milliseconds since the start of the trial. */
  readonly at: number
}
interface OfTask extends At {
  /** Index of the task in the workload; −1 for what happens outside any task. */
  readonly task: number
}
interface OfCall extends OfTask {
  /** Ordinal of the upstream call in the trial, from 0. */
  readonly call: number
  readonly upstream: string
  readonly kind: UpstreamKind
}

export interface TaskStarted extends OfTask {
  readonly type: 'task.started'
  readonly id: string
  /** The user's words. */
  readonly input: string
  /** On whose behalf; null for nobody in particular. */
  readonly user: string | null
  /** Present where the task is handed to the agent again, because the process that had it was killed. */
  readonly resumed?: true
}
/** The workload or a fault cancelled the task: its signal is aborted from here on. */
export interface TaskCancelled extends OfTask {
  readonly type: 'task.cancelled'
  readonly id: string
}
export interface RequestSent extends OfCall {
  readonly type: 'request.sent'
  readonly method: string
  readonly url: string
  /** The body as sent, UTF-8. */
  readonly body: string
  /** Calls with one number are attempts of one logical call: same task, upstream and body, each after the failure of the one before. */
  readonly logicalCall: number
  /** Ordinal of the attempt in its logical call, from 1. */
  readonly attempt: number
  /** The `call` of the attempt before; null for a first attempt. */
  readonly previous: number | null
  /** The header `idempotency-key`; null where there is none, and for models, whose answers have no effect. */
  readonly idempotencyKey: string | null
  readonly model: ModelRequestView | null
  readonly tool: ToolRequestView | null
}
/** A planned fault took hold of a call. */
export interface FaultInjected extends OfCall {
  readonly type: 'fault.injected'
  /** Index of the fault in the plan. */
  readonly fault: number
  readonly id: string
  /** The action that a planted instruction or an attack asks for, where the fault is one. */
  readonly demanded: { readonly tool: string; readonly arguments: JsonObject } | null
}
export interface ResponseHead extends OfCall {
  readonly type: 'response.head'
  readonly status: number
  readonly headers: RecordedHeaders
}
/** A piece of a body that arrives in pieces was taken by the caller. */
export interface ResponseChunk extends OfCall {
  readonly type: 'response.chunk'
  /** Ordinal of the piece in its body, from 0. */
  readonly chunk: number
  readonly bytes: number
}
/**
 * The body ended without an error of the connection.
 *
 * A stream may end so without being whole: then it is `indeterminate`, `model` is null and `partial` tells what came.
 */
export interface ResponseEnd extends OfCall {
  readonly type: 'response.end'
  readonly status: number
  readonly class: OutcomeClass
  readonly body: string
  /** What the model said, whole; null where it said nothing whole. */
  readonly model: ModelReplyView | null
  /** What had come of a streamed reply that never became whole; null for everything else. */
  readonly partial: ModelReplyView | null
  /** The provider's error code or type where the body carries one, else null. */
  readonly errorCode: string | null
}
/** The call failed below HTTP, e.g. `ECONNREFUSED`. */
export interface RequestFailed extends OfCall {
  readonly type: 'request.failed'
  readonly cause: string
  readonly class: OutcomeClass
  /** What had come of a streamed reply before; null where nothing had. */
  readonly partial: ModelReplyView | null
}
/** The caller gave the call up before it was answered whole. */
export interface RequestAborted extends OfCall {
  readonly type: 'request.aborted'
  readonly class: OutcomeClass
  /** What had come of a streamed reply before; null where nothing had. */
  readonly partial: ModelReplyView | null
}
/** A host that no upstream claims was called. */
export interface RequestRefused extends OfTask {
  readonly type: 'request.refused'
  readonly host: string
}
/** A tool's back end changed the world. */
export interface EffectApplied extends OfCall {
  readonly type: 'effect.applied'
  readonly effect: Effect
}
export interface ApprovalAsked extends OfCall {
  readonly type: 'approval.asked'
  readonly tool: string
  readonly arguments: JsonObject
}
export interface ApprovalAnswered extends OfCall {
  readonly type: 'approval.answered'
  readonly tool: string
  readonly arguments: JsonObject
  readonly decision: 'approved' | 'denied' | 'pending'
}
export interface TaskEnded extends OfTask {
  readonly type: 'task.ended'
  readonly id: string
  readonly outcome: Outcome
}
/** The task's grader has spoken, once the trial was over and every effect was in. */
export interface TaskGraded extends OfTask {
  readonly type: 'task.graded'
  readonly id: string
  /** Null for a task that is right, else what is wrong. */
  readonly problem: string | null
}
/** The agent rejected instead of returning an outcome, or returned something that is none. */
export interface TaskThrew extends OfTask {
  readonly type: 'task.threw'
  readonly id: string
  /** What it did instead, in words: `the agent threw …` or `the agent returned …`; without a stack. */
  readonly thrown: string
}
/** Injection has stopped: from here on liveness is judged. */
export interface WorldHealed extends At {
  readonly type: 'world.healed'
}
/**
 * The process of the agent was killed: its timers and its calls are gone, and what it kept in memory with them.
 *
 * What upstreams had done by then stays done, and nothing more is told of its calls.
 */
export interface ProcessKilled extends At {
  readonly type: 'process.killed'
  /** The tasks that it was at, by their index. */
  readonly tasks: readonly number[]
  /** Ordinals of the upstream calls that were under way. */
  readonly calls: readonly number[]
}
/** The agent was made anew after its process had been killed: the tasks that it was at follow, and then new ones. */
export interface ProcessRestarted extends At {
  readonly type: 'process.restarted'
}
/** The event loop was blocked: time passed, and nothing fired. */
export interface ProcessBlocked extends At {
  readonly type: 'process.blocked'
  /** Virtual milliseconds from `at` on. */
  readonly forMs: number
}
/** The wall clock of the agent was set; monotonic clocks, timers and the clocks of upstreams were not. */
export interface ClockJumped extends At {
  readonly type: 'clock.jumped'
  /** Virtual milliseconds; negative where it was set back. */
  readonly byMs: number
  /** How far it is ahead of the world from here on; negative where it is behind. */
  readonly offsetMs: number
}
/** A timer of the agent is about to fire late, as others may until the moment given. */
export interface TimersLate extends At {
  readonly type: 'timers.late'
  /** They fire at whole multiples of so many virtual milliseconds. */
  readonly spanMs: number
  /** Virtual milliseconds since the start of the trial from which a timer that falls due is no longer late. */
  readonly untilMs: number
}
/** Something ran on real time or real randomness, e.g. a worker thread: outside the world. */
export interface OutsideWorld extends OfTask {
  readonly type: 'world.outside'
  readonly what: string
}
/**
 * How the trial ended: `finished` every task settled; `stalled` nothing in flight, no timer, a task unfinished;
 * `expired` the trial's limit of virtual time or events was reached; `exited` the agent called process.exit;
 * `crashed` an uncaught error; `blocked` the agent blocked the event loop and its process was replaced;
 * `died` its process ended for another reason.
 */
export interface TrialEnded extends At {
  readonly type: 'trial.ended'
  readonly how: TrialEnd
  /** One phrase more, e.g. the uncaught error in words; empty for `finished`. */
  readonly detail: string
  /** What the agent left behind, e.g. `timer ×2`, `TCPServerWrap ×1`. */
  readonly leftovers: readonly string[]
}
export type TrialEnd = 'finished' | 'stalled' | 'expired' | 'exited' | 'crashed' | 'blocked' | 'died'

/** One entry of a trace. Order is total: entries of one virtual instant keep the order in which they happened. */
export type TraceEvent =
  | TaskStarted
  | TaskCancelled
  | RequestSent
  | FaultInjected
  | ResponseHead
  | ResponseChunk
  | ResponseEnd
  | RequestFailed
  | RequestAborted
  | RequestRefused
  | EffectApplied
  | ApprovalAsked
  | ApprovalAnswered
  | TaskEnded
  | TaskThrew
  | TaskGraded
  | WorldHealed
  | ProcessKilled
  | ProcessRestarted
  | ProcessBlocked
  | ClockJumped
  | TimersLate
  | OutsideWorld
  | TrialEnded

export type EventType = TraceEvent['type']
export type EventOf<Type extends EventType> = Extract<TraceEvent, { type: Type }>
