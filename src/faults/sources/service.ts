import type { FaultTarget } from '../../contract/fault.ts'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import type { FaultFamily } from '../catalogue-member.ts'
import { familyOf } from './striking.ts'

/** What can go wrong between the agent and a service that is neither a model nor a tool. */
export interface ServiceFaults {
  readonly all: () => FaultSource[]
  readonly transport: () => FaultSource
  readonly slowness: () => FaultSource
}

const everywhere = ['transport', 'latency', 'server errors'] as const

/** Faults of the services of one kind: of the connection, of the gateway before them, slowness, and those of their own. */
function service(kind: UpstreamKind, own: readonly FaultFamily[]): (name?: string) => ServiceFaults {
  return (name = '*') => {
    const target: FaultTarget = { kind, name }
    return {
      all: () => [...own, ...everywhere].map((family) => familyOf(family, target)),
      transport: () => familyOf('transport', target),
      slowness: () => familyOf('latency', target),
    }
  }
}

/** Faults of a policy engine: it throws, says what is no decision or a wrong one, or cannot be reached. */
export const policyService = service('policy', ['governance'])

/** Faults of a service that approves calls: it never decides, late, or with an approval of another call. */
export const approval = service('approval', ['governance'])

/** Faults of what takes telemetry or the steps of the agent. */
export const telemetry = service('telemetry', [])

/** Faults of an endpoint of embeddings, and of other services over HTTP: OpenAI's errors where it speaks its words. */
export const embeddings = service('other', ['rate limits', 'rejections'])
