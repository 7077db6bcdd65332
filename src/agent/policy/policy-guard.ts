import type { PolicySettings } from '../agent-options.ts'
import { holdsSecret } from './secret-search.ts'
import type { PreparedCall } from '../tools/tool.ts'

/** What the guard says of a call: run it, ask first, or refuse it with a reason for the model. */
export type GuardVerdict =
  { readonly verdict: 'allow' } | { readonly verdict: 'ask' } | { readonly verdict: 'refuse'; readonly reason: string }

/** Judges a call before anything of it happens; `userInput` is the user's own words. */
export type Guard = (call: PreparedCall, policy: PolicySettings, userInput: string) => GuardVerdict

/**
 * Refuses forbidden tools, arguments that carry a secret and targets that the user did not name; asks for gated tools.
 *
 * It reads only the policy, the call and the user's words: nothing that a model or a tool result says can widen it.
 */
export const guardByPolicy: Guard = (call, policy, userInput) => {
  const { name } = call.tool
  if (policy.forbidden.includes(name)) return refuse('this tool is forbidden')
  if (holdsSecret(call.arguments, policy.secrets)) return refuse('its arguments contain a secret')
  const unnamed = (policy.userMustName[name] ?? []).find((key) => !isNamed(call.arguments[key], userInput))
  if (unnamed !== undefined) return refuse(`the user did not name the value of "${unnamed}"`)
  return policy.gated.includes(name) ? { verdict: 'ask' } : { verdict: 'allow' }
}

function refuse(reason: string): GuardVerdict {
  return { verdict: 'refuse', reason }
}

/** As a whole word: naming A-1001 does not name A-100. */
function isNamed(value: unknown, userInput: string): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false
  const literal = String(value).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'iu').test(userInput)
}
