import { accuracyAbstain } from './accuracy/abstain.ts'
import { accuracyEvidenceChange } from './accuracy/evidence-change.ts'
import { accuracyEvidence } from './accuracy/evidence.ts'
import { accuracyMonotone } from './accuracy/monotone.ts'
import { accuracyUnderFault } from './accuracy/over-claim-under-fault.ts'
import { accuracyOverClaim } from './accuracy/over-claim.ts'
import { accuracyPresence } from './accuracy/presence.ts'
import { accuracySmallSample } from './accuracy/small-sample.ts'
import { approvalGate } from './approval/approval-gate.ts'
import { breakerProperties } from './breaker/breaker-properties.ts'
import { bulkheadProperties } from './bulkhead/bulkhead-properties.ts'
import { usageError } from '../contract/errors.ts'
import type { DefinedProperty } from './define-property.ts'
import { atMostOnce } from './effects/at-most-once.ts'
import { claimTruth } from './effects/claim-truth.ts'
import { fallbackProperties } from './fallback/fallback-properties.ts'
import { callResult } from './loop/call-result.ts'
import { cancellation } from './loop/cancellation.ts'
import { oneStop } from './loop/one-stop.ts'
import { stepRetry } from './loop/step-retry.ts'
import { termination } from './loop/termination.ts'
import { truthfulStop } from './loop/truthful-stop.ts'
import { health } from './operations/health.ts'
import { keyRotation } from './operations/key-rotation.ts'
import { safeMode } from './operations/safe-mode.ts'
import { acknowledged } from './persistence/acknowledged.ts'
import { crashAnywhere } from './persistence/crash-anywhere.ts'
import { intentBeforeEffect } from './persistence/intent.ts'
import { forbiddenTool } from './policy/forbidden-tool.ts'
import { offeredTool } from './policy/offered-tool.ts'
import { plantedDemand } from './policy/planted-demand.ts'
import { policyEngine } from './policy/policy-engine.ts'
import { secretLeak } from './policy/secret-leak.ts'
import { amplification } from './retry/amplification.ts'
import { backoffBounds } from './retry/backoff-bounds.ts'
import { retryBound } from './retry/bound.ts'
import { retryBudget } from './retry/budget.ts'
import { cancelledWait } from './retry/cancelled-wait.ts'
import { retryDeadline } from './retry/deadline.ts'
import { freshState } from './retry/fresh-state.ts'
import { giveUp } from './retry/give-up.ts'
import { hedging } from './retry/hedging.ts'
import { herd } from './retry/herd.ts'
import { hotLoop } from './retry/hot-loop.ts'
import { idempotencyKey } from './retry/idempotency-key.ts'
import { jitter } from './retry/jitter.ts'
import { lastError } from './retry/last-error.ts'
import { retryAfter } from './retry/retry-after.ts'
import { retryClass } from './retry/retry-class.ts'
import { sameRequest } from './retry/same-request.ts'
import { serverHint } from './retry/server-hint.ts'
import { streamRetry } from './retry/stream-retry.ts'
import { unknownEnd } from './retry/unknown-end.ts'
import { afterEnd } from './stream/after-end.ts'
import { damagedArguments } from './stream/damaged-arguments.ts'
import { errorFrame } from './stream/error-frame.ts'
import { missingEnd } from './stream/missing-end.ts'
import { rechunking } from './stream/rechunking.ts'
import { wholeToolCall } from './stream/whole-tool-call.ts'
import { timeoutProperties } from './timeout/timeout-properties.ts'

type Group = readonly DefinedProperty[]

const loop: Group = [termination, oneStop, truthfulStop, callResult, stepRetry]
const approval: Group = [approvalGate]
const retry: Group = [
  ...[retryBound, amplification, retryClass, retryAfter, backoffBounds, jitter, retryDeadline],
  ...[sameRequest, retryBudget, serverHint, giveUp],
  ...[hotLoop, freshState, herd, hedging],
]
/** For workloads that cancel. */
const cancelled: Group = [cancelledWait, cancellation]
/** For agents that ask for streams. */
const stream: Group = [wholeToolCall, rechunking, damagedArguments, errorFrame, afterEnd, missingEnd, streamRetry]
/** For agents whose outcomes make claims. */
const claims: Group = [claimTruth, lastError]
const policy: Group = [forbiddenTool, offeredTool, secretLeak, plantedDemand, policyEngine]
const effects: { readonly atMostOnce: Group; readonly repeated: Group } = {
  atMostOnce: [atMostOnce],
  /** For agents that call tools again of their own accord. */
  repeated: [unknownEnd, idempotencyKey],
}
/** For agents that keep their runs in a store. */
const persistence: Group = [crashAnywhere, intentBeforeEffect]
/** For agents that are operated as they declare. */
const operations: Group = [acknowledged, safeMode, keyRotation, health]
const accuracy: Group = [
  accuracyPresence,
  accuracyEvidence,
  accuracyOverClaim,
  accuracyUnderFault,
  accuracyMonotone,
  accuracyEvidenceChange,
  accuracyAbstain,
  accuracySmallSample,
]
const all: Group = [
  ...loop,
  ...approval,
  ...retry,
  ...policy,
  ...stream,
  ...effects.atMostOnce,
  ...effects.repeated,
  ...claims,
  ...cancelled,
  ...accuracy,
  ...breakerProperties,
  ...fallbackProperties,
  ...timeoutProperties,
  ...bulkheadProperties,
  ...persistence,
  ...operations,
]

/**
 * The properties by family, as a scenario names them: `[...properties.loop, ...properties.effects.atMostOnce]`.
 *
 * A property that the profile gives nothing to judge is *not applicable*; one that applies and is never put to the test is
 * vacuous, so a search with `properties.all` wants faults of every family. `properties.without('Z1', 'L9')` is all but
 * those: what the agent never does, such as asking for streams, need not be searched for.
 */
export const properties = {
  ...{ loop, approval, retry, policy, stream, effects, claims, cancelled, accuracy, persistence, operations },
  ...{
    breaker: breakerProperties,
    fallback: fallbackProperties,
    timeout: timeoutProperties,
    bulkhead: bulkheadProperties,
    all,
    without,
  },
}

/**
 * All properties but those named.
 *
 * @throws {ShakedownError} of kind `usage` for an id that no property has
 */
function without(...ids: readonly string[]): Group {
  const unknown = ids.find((id) => !all.some((property) => property.id === id))
  if (unknown === undefined) return all.filter(({ id }) => !ids.includes(id))
  throw usageError(
    'UNKNOWN_PROPERTY',
    `properties.without names "${unknown}", which no property has; \`shakedown list properties\` shows the ids.`,
  )
}

const byId: ReadonlyMap<string, DefinedProperty> = new Map(all.map((property) => [property.id, property]))

/** The property of an id such as `R4`, from a finding, a token or a flag; undefined where there is none. */
export function propertyById(id: string): DefinedProperty | undefined {
  return byId.get(id)
}
