import type { Fault } from '../../contract/fault.ts'
import { type Answer, type Reply, isReply } from '../../wire/reply.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { requestText } from '../../wire/request-text.ts'
import type { EarlierAnswer, UpstreamContext } from '../../wire/upstream.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { PlanInjector } from '../plan-injector.ts'
import { type PrintedResult, functionShape } from './function-shape.ts'
import { printedBytes, printedText } from './printed-bytes.ts'
import type { SampleCall } from './sample-call.ts'
import { sampleCalls } from './sample-calls.ts'

/** What one member, with its default parameters, makes of one call: its bytes, fit for print. */
export interface WireShape {
  /** The call that it struck, in words. */
  readonly call: string
  /** Virtual milliseconds by which the answer comes later. */
  readonly delayMs: number
  readonly answer: PrintedAnswer | PrintedResult
}

/** An answer as a reader sees it; a body in pieces shows each with the milliseconds that pass before it. */
export type PrintedAnswer =
  | {
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string | readonly { readonly afterMs: number; readonly bytes: string }[]
      /** What comes after a body in pieces, where that is not its proper end. */
      readonly ending?: Reply['ending']
    }
  | { readonly failure: string; readonly message: string }
  | { readonly silence: true }
  | { readonly redirects: 'for ever' }

/** The first of the sample calls that a member strikes; undefined where there is none. */
export async function struckSample(member: AnyMember): Promise<SampleCall | undefined> {
  for (const sample of sampleCalls(member)) if ((await strike(member, sample)) !== null) return sample
  return undefined
}

/**
 * Strikes a sample call with a member and its default parameters.
 *
 * @returns null where it has no bytes to show, e.g. because it befalls a file or a clock, and the summary says it all
 */
export async function wireShape(member: AnyMember): Promise<WireShape | null> {
  for (const sample of sampleCalls(member)) {
    const shape = await strike(member, sample)
    if (shape !== null) return shape
  }
  if (member.seams?.includes('function') !== true) return null
  const answer = functionShape(member)
  return answer === null ? null : { call: 'a call of a function in the process of the agent', delayMs: 0, answer }
}

async function strike({ id }: AnyMember, { words, upstream: open, request }: SampleCall): Promise<WireShape | null> {
  const upstream = open()
  const { kind, name } = upstream
  const fault: Fault = { id, target: { kind, name }, trigger: { on: 'nth', n: 1 }, parameters: {} }
  const injector = new PlanInjector({ faults: [fault] }, 'sample', Number.POSITIVE_INFINITY, sampleSecrets)
  const call: UpstreamCall = { upstream, call: 0, task: 0, nowMs: 0, request, view: upstream.understand(request) }
  const interferences = injector.interfere(call)
  const { delayMs = 0, instead, receiving, afterwards, tookHold } = interferences[0] ?? {}
  const asked = receiving?.(request) ?? request
  const context: UpstreamContext = {
    nowMs: 0,
    call: 0,
    task: undefined,
    seed: 'sample',
    applyEffect: () => {},
    earlier: earlierThan(call),
  }
  const own = instead?.(context) ?? (await upstream.handle(asked, upstream.understand(asked), context))
  const answer = afterwards !== undefined && isReply(own) ? afterwards(own, context) : own
  if (tookHold !== undefined && (answer !== own || asked !== request)) tookHold()
  return injector.deliveries[0] === 0 ? null : { call: words, delayMs, answer: printed(answer) }
}

/** What was answered before, for faults that say it again: the same question by the same upstream, and another tool. */
function earlierThan({ upstream, request }: UpstreamCall): readonly EarlierAnswer[] {
  return [
    { upstream: 'look_up_order', request: '', user: undefined, said: '{"refunded":"A-1"}' },
    { upstream: upstream.name, request: requestText(request), user: 'U-2', said: '{"refunded":"A-2"}' },
  ]
}

const sampleSecrets = [{ name: 'canary', value: 'canary-7f3a', mayReach: [] }]

function printed(answer: Answer): PrintedAnswer {
  if (!isReply(answer)) return answer
  const { body } = answer
  if (typeof body === 'string') return { ...answer, body: printedText(body) }
  return { ...answer, body: body.map(({ afterMs, bytes }) => ({ afterMs, bytes: printedBytes(bytes) })) }
}
