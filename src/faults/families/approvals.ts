import * as fc from 'fast-check'
import { z } from 'zod'
import type { AnyMember } from '../catalogue-member.ts'
import { onJsonBody } from './changed-body.ts'
import { governed } from './policy-engine.ts'

const common = { targets: ['approval'], bookedOn: 'agent' } as const

/** What becomes of a request that somebody approve a call. That it is denied is the service's own business. */
export const approvalMembers: readonly AnyMember[] = [
  governed({
    ...common,
    id: 'approval.never',
    summary: 'nobody decides: however often it is asked, the request is still pending',
    source: 'faults.md section 10: the approval never arrives',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike: () => onJsonBody((body) => (body['decision'] === 'pending' ? null : { ...body, decision: 'pending' })),
  }),
  governed({
    ...common,
    id: 'approval.late',
    summary: 'the decision comes so much later that whoever asked may have given up or been cancelled',
    source: 'faults.md section 10: the approval arrives after the cancellation',
    parameters: z.strictObject({
      ms: z.int().min(1).max(86_400_000).default(600_000).describe('milliseconds until somebody decides'),
    }),
    arbitrary: fc.record({ ms: fc.constantFrom(60_000, 600_000, 3_600_000) }),
    strike: (_call, { ms }) => ({ delayMs: ms }),
  }),
  governed({
    ...common,
    id: 'approval.replayed',
    summary: 'an old approval is given: it names a call of the same tool with other arguments, for which it was',
    source: 'faults.md section 10: the approval is replayed; replay of an authorisation, CWE-294',
    parameters: z.strictObject({}),
    arbitrary: fc.constant({}),
    strike({ view: { approval } }) {
      if (approval === null || Object.keys(approval.arguments).length === 0) return null
      return onJsonBody(() => ({ decision: 'approved', tool: approval.name, arguments: {} }))
    },
  }),
]
