import * as fc from 'fast-check'
import { z } from 'zod'
import { anthropicError } from '../../wire/anthropic/errors.ts'
import { serviceHeaders as anthropicHeaders } from '../../wire/anthropic/service-headers.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { openAiError } from '../../wire/openai/errors.ts'
import { serviceHeaders } from '../../wire/openai/service-headers.ts'
import type { AnyMember, Effect } from '../catalogue-member.ts'
import { governed } from './policy-engine.ts'
import { anthropicOnly, openAiDialects } from './spoken-in.ts'

/** A guard of spending that cuts an agent off its provider. */
export const budgetKillMembers: readonly AnyMember[] = [
  governed({
    id: 'policy.budget_kill',
    targets: ['model'],
    dialects: [...openAiDialects, ...anthropicOnly],
    bookedOn: 'agent',
    summary:
      'the budget is spent in the middle of a call: its connection is reset, with the work done, and every later call to that endpoint is told that a spend limit is reached',
    source: 'faults.md section 10: budget kill; the bodies are those of openai.429.billing and anthropic.400.spend',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike(call, _parameters, _draw, memory) {
      memory.planted = call.upstream.name
      return { afterwards: () => ({ failure: 'ECONNRESET', message: 'read ECONNRESET' }) }
    },
    follow: (call, _parameters, { planted }) => (planted === call.upstream.name ? spent(call) : null),
  }),
]

function spent({ upstream: { dialect } }: UpstreamCall): Effect {
  if (dialect === 'anthropic.messages') {
    const message = 'This request would exceed the spend limit of your workspace.'
    return { instead: (context) => anthropicError(400, message, { headers: anthropicHeaders(context) }) }
  }
  const error = {
    message: 'You have reached a billing limit of your account.',
    type: 'insufficient_quota',
    param: null,
    code: 'project_spend_limit_exceeded',
  }
  return { instead: (context) => openAiError(429, error, serviceHeaders(context)) }
}
