import type {
  EventOf,
  ModelReplyView,
  ModelRequestView,
  RecordedHeaders,
  ToolCall,
  TraceEvent,
  TrialEnd,
} from '../../src/contract/event.ts'
import type { UpstreamKind } from '../../src/contract/upstream-kind.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import type { Outcome } from '../../src/contract/outcome.ts'
import type { OutcomeClass } from '../../src/contract/outcome-class.ts'
import type { ProfileInput } from '../../src/contract/profile.ts'
import { profileSchema } from '../../src/contract/profile.ts'
import type { Property, PropertyFacts, PropertyVerdict } from '../../src/contract/property.ts'
import type { Secret } from '../../src/contract/secret.ts'
import { createTrialJudge } from '../../src/properties/judge-trial.ts'

type Sent = EventOf<'request.sent'>
interface CallOptions {
  readonly task?: number
  readonly upstream?: string
  readonly body?: string
  /** The call that this one repeats. */
  readonly retryOf?: number
  readonly idempotencyKey?: string
  readonly url?: string
}
interface AnswerOptions {
  readonly headers?: RecordedHeaders
  readonly code?: string
  readonly body?: string
}

export const toolCall = (id: string, name = 'lookup', args: JsonObject = {}): ToolCall => ({
  id,
  name,
  arguments: JSON.stringify(args),
})

/** Writes the trace of a trial event by event, in virtual time; numbers of calls and attempts take care of themselves. */
export class TraceBuilder {
  readonly events: TraceEvent[] = []
  readonly #sent: Sent[] = []
  #at = 0

  after(virtualMs: number): this {
    this.#at += virtualMs
    return this
  }

  started(id = 'refund', task = 0): this {
    return this.#add({ type: 'task.started', at: this.#at, task, id, input: 'please', user: null })
  }

  ended(stop = 'end_turn', task = 0, id = 'refund'): this {
    return this.#add({ type: 'task.ended', at: this.#at, task, id, outcome: { answer: 'done', stop } })
  }

  /** A task with words and a user of its own begins; its id is `refund-<task>`. */
  begun(task: number, { input = 'please', user = null }: { input?: string; user?: string | null } = {}): this {
    return this.#add({ type: 'task.started', at: this.#at, task, id: `refund-${task}`, input, user })
  }

  /** A task that had {@link begun} ends with an outcome; an answer that is not given is "done". */
  concluded(outcome: Partial<Outcome> = {}, task = 0): this {
    const whole = { answer: 'done', stop: 'end_turn', ...outcome }
    return this.#add({ type: 'task.ended', at: this.#at, task, id: `refund-${task}`, outcome: whole })
  }

  /** The event loop of the agent is blocked from now on. */
  blocked(forMs: number): this {
    return this.#add({ type: 'process.blocked', at: this.#at, forMs })
  }

  /** The wall clock of the agent is set, and is off by so much from now on. */
  clockSet(offsetMs: number): this {
    return this.#add({ type: 'clock.jumped', at: this.#at, byMs: offsetMs, offsetMs })
  }

  cancelled(task = 0): this {
    return this.#add({ type: 'task.cancelled', at: this.#at, task, id: `refund-${task}` })
  }

  threw(thrown = 'the agent threw TypeError: boom', task = 0): this {
    return this.#add({ type: 'task.threw', at: this.#at, task, id: 'refund', thrown })
  }

  finished(how: TrialEnd = 'finished', detail = ''): this {
    return this.#add({ type: 'trial.ended', at: this.#at, how, detail, leftovers: [] })
  }

  healed(): this {
    return this.#add({ type: 'world.healed', at: this.#at })
  }

  refused(host: string): this {
    return this.#add({ type: 'request.refused', at: this.#at, task: 0, host })
  }

  /** Sends a model request and gives the ordinal of the call. */
  model(view: Partial<ModelRequestView> = {}, options: CallOptions = {}): number {
    const model = {
      model: 'gpt',
      offeredTools: [],
      toolCalls: [],
      toolResults: [],
      inputTokens: 1,
      maxOutputTokens: null,
      messages: 1,
      stream: false,
      ...view,
    }
    return this.#send('model', 'openai', options, { model })
  }

  tool(name: string, args: JsonObject = {}, options: CallOptions = {}): number {
    return this.#send('tool', name, options, { tool: { name, arguments: args } })
  }

  /** Calls a tool through a server of MCP; without a name it is the handshake. */
  mcp(server: string, name: string | null, args: JsonObject = {}, options: CallOptions = {}): number {
    return this.#send('mcp', server, options, { tool: name === null ? null : { name, arguments: args } })
  }

  /** Carries out a statement on a file of the agent. */
  statement(options: CallOptions = {}): number {
    return this.#send('store', 'memory', { ...options, url: 'sqlite:memory' }, {})
  }

  /** Looks something up in a store of the agent's own process. */
  lookUp(store: string, options: CallOptions = {}): number {
    return this.#send('store', store, { ...options, url: `function:${store}` }, {})
  }

  /** Asks a policy engine. */
  policy(body: string, options: CallOptions = {}): number {
    return this.#send('policy', 'policy', { ...options, body }, {})
  }

  /** The model replies, at once or later, asking for these tools. */
  reply(call: number, toolCalls: readonly ToolCall[] = [], body = '{}'): this {
    const model: ModelReplyView = {
      content: null,
      finishReason: toolCalls.length > 0 ? 'tool_calls' : 'stop',
      toolCalls,
    }
    return this.#add({
      type: 'response.end',
      ...this.#of(call),
      status: 200,
      class: 'success',
      body,
      model,
      partial: null,
      errorCode: null,
    })
  }

  /** The model says these words, whole. */
  says(call: number, content: string | null, finishReason = 'stop', body = '{}'): this {
    const model: ModelReplyView = { content, finishReason, toolCalls: [] }
    const position = { type: 'response.end' as const, ...this.#of(call), status: 200, class: 'success' as const }
    return this.#add({ ...position, body, model, partial: null, errorCode: null })
  }

  /** The connection breaks after the model has said these words. */
  brokeOff(call: number, content: string, cause = 'ECONNRESET'): this {
    const partial: ModelReplyView = { content, finishReason: '', toolCalls: [] }
    return this.#add({ type: 'request.failed', ...this.#of(call), cause, class: 'indeterminate', partial })
  }

  /** A stream ends properly, but without a finish reason, after this much; with an error frame it is a failure. */
  stopsShort(call: number, partial: Partial<ModelReplyView>, how: 'cut' | 'error frame' = 'cut', body = ''): this {
    const outcome = how === 'cut' ? ('indeterminate' as const) : ('failure' as const)
    const position = { type: 'response.end' as const, ...this.#of(call), status: 200, class: outcome }
    const come: ModelReplyView = { content: null, finishReason: '', toolCalls: [], ...partial }
    return this.#add({ ...position, body, model: null, partial: come, errorCode: null })
  }

  /** A piece of a streamed reply arrives. */
  piece(call: number, chunk: number, bytes = 10): this {
    return this.#add({ type: 'response.chunk', ...this.#of(call), chunk, bytes })
  }

  /** A fault that demands nothing takes hold of a call. */
  struck(call: number, id = 'net.reset'): this {
    return this.#add({ type: 'fault.injected', ...this.#of(call), fault: 0, id, demanded: null })
  }

  /** The trial ends with things left behind. */
  finishedLeaving(...leftovers: readonly string[]): this {
    return this.#add({ type: 'trial.ended', at: this.#at, how: 'finished', detail: '', leftovers })
  }

  answer(call: number, status: number, { headers = {}, code, body = '{}' }: AnswerOptions = {}): this {
    this.#add({ type: 'response.head', ...this.#of(call), status, headers })
    const errorCode = code ?? null
    const outcome = classOf(status)
    return this.#add({
      type: 'response.end',
      ...this.#of(call),
      status,
      class: outcome,
      body,
      model: null,
      partial: null,
      errorCode,
    })
  }

  head(call: number, status: number, headers: RecordedHeaders = {}): this {
    return this.#add({ type: 'response.head', ...this.#of(call), status, headers })
  }

  failed(call: number, cause = 'ECONNRESET'): this {
    return this.#add({ type: 'request.failed', ...this.#of(call), cause, class: 'indeterminate', partial: null })
  }

  aborted(call: number): this {
    return this.#add({ type: 'request.aborted', ...this.#of(call), class: 'indeterminate', partial: null })
  }

  effect(call: number, tool: string, key: string, detail: JsonObject = {}): this {
    return this.#add({ type: 'effect.applied', ...this.#of(call), effect: { tool, key, detail } })
  }

  planted(call: number, tool: string, args: JsonObject): this {
    const demanded = { tool, arguments: args }
    return this.#add({ type: 'fault.injected', ...this.#of(call), fault: 0, id: 'policy.planted', demanded })
  }

  /** Asks for an approval; without a decision nobody ever answers. */
  approval(
    tool: string,
    args: JsonObject,
    decision?: 'approved' | 'denied' | 'pending',
    { decided = args, ...options }: CallOptions & { readonly decided?: JsonObject } = {},
  ): number {
    const call = this.#send('approval', 'approvals', options, {})
    this.#add({ type: 'approval.asked', ...this.#of(call), tool, arguments: args })
    if (decision) this.#add({ type: 'approval.answered', ...this.#of(call), tool, arguments: decided, decision })
    return call
  }

  #send(kind: UpstreamKind, name: string, options: CallOptions, views: Partial<Pick<Sent, 'model' | 'tool'>>): number {
    const before = options.retryOf === undefined ? undefined : this.#sent[options.retryOf]
    const call = this.#sent.length
    const event: Sent = {
      ...{
        type: 'request.sent',
        at: this.#at,
        task: options.task ?? 0,
        call,
        kind,
        upstream: options.upstream ?? name,
      },
      ...{ method: 'POST', url: options.url ?? `https://${name}.test/`, body: options.body ?? '{}' },
      ...{
        logicalCall: before?.logicalCall ?? call,
        attempt: (before?.attempt ?? 0) + 1,
        previous: before?.call ?? null,
        idempotencyKey: options.idempotencyKey ?? null,
      },
      ...{ model: null, tool: null, ...views },
    }
    this.#sent.push(event)
    this.#add(event)
    return call
  }

  #of(call: number): Pick<Sent, 'at' | 'task' | 'call' | 'upstream' | 'kind'> {
    const sent = this.#sent[call]
    if (!sent) throw new Error(`call ${call} was never sent`)
    return { at: this.#at, task: sent.task, call, upstream: sent.upstream, kind: sent.kind }
  }

  #add(event: TraceEvent): this {
    this.events.push(event)
    return this
  }
}

function classOf(status: number): OutcomeClass {
  if (status < 400) return 'success'
  return status >= 500 || [408, 409, 429].includes(status) ? 'failure' : 'neutral'
}

export function factsOf(profile: ProfileInput = {}, secrets: readonly Secret[] = []): PropertyFacts {
  return { profile: profileSchema.parse(profile), secrets }
}

/** Judges a written trace by one property. */
export function verdictOf(
  property: Property,
  trace: TraceBuilder,
  profile: ProfileInput = {},
  secrets: readonly Secret[] = [],
): PropertyVerdict {
  const judge = createTrialJudge([property], factsOf(profile, secrets))
  for (const event of trace.events) judge.observe(event)
  const verdict = judge.finish().get(property.id)
  if (!verdict) throw new Error(`no verdict on ${property.id}`)
  return verdict
}

/** The witness sentence of a violated verdict; anything else is named in its place. */
export function sentenceOf(verdict: PropertyVerdict): string {
  return verdict.verdict === 'violated' ? verdict.witness.sentence : verdict.verdict
}
