import type { Fault } from '../../contract/fault.ts'
import type { NetworkRequest } from '../../simulation/network.ts'
import { type LocalAnswer, isReturned } from '../../wire/functions/local-answer.ts'
import { localFunction } from '../../wire/functions/local-function.ts'
import { opaqueRequest } from '../../wire/upstream.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { PlanInjector } from '../plan-injector.ts'

/** What became of a call of a function, fit for print. */
export type PrintedResult =
  | { readonly returns: string; readonly lateMs: number }
  | { readonly throws: string; readonly beforeThereIsAPromise: boolean }
  | { readonly silence: true }

const value = { orderId: 'A-1', refunded: true }
const request: NetworkRequest = { method: 'CALL', url: 'function:refund', header: () => null, body: '', signal: null }

/** Strikes a call of a function in the agent's own process; null where the member has no answer for it there. */
export function functionShape({ id, targets }: AnyMember): PrintedResult | null {
  const kind = targets.find((target) => target !== 'model') ?? 'tool'
  const upstream = localFunction({ kind, name: 'refund', synchronous: false })
  const fault: Fault = { id, target: { kind, name: 'refund' }, trigger: { on: 'nth', n: 1 }, parameters: {} }
  const injector = new PlanInjector({ faults: [fault] }, 'sample', Number.POSITIVE_INFINITY)
  const [struck] = injector.interfere({ upstream, call: 0, task: 0, nowMs: 0, request, view: opaqueRequest })
  const { instead, afterwards } = struck?.local ?? {}
  const context = { nowMs: 0, call: 0, task: undefined, seed: 'sample', applyEffect: () => {} }
  const answer = instead?.() ?? afterwards?.({ value }, context)
  return answer === undefined ? null : printed(answer)
}

function printed(answer: LocalAnswer): PrintedResult {
  if ('silence' in answer) return answer
  if (isReturned(answer)) return { returns: JSON.stringify(answer.value) ?? 'undefined', lateMs: answer.lateMs ?? 0 }
  const { thrown, atOnce = false } = answer
  return { throws: thrown instanceof Error ? String(thrown) : JSON.stringify(thrown), beforeThereIsAPromise: atOnce }
}
