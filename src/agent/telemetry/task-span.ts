import { SpanKind } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import type { TaskBegun, TaskEnded, Watch } from '../events/observer.ts'
import type { UsageTotal } from '../events/usage-total.ts'
import { resultOf } from '../operations/task-result.ts'
import { attribute, operation } from './conventions-1-41.ts'
import { errorTypeOf } from './error-type.ts'
import { ownAttribute } from './own-names.ts'
import { QuietSpan } from './quiet-span.ts'
import { atSpot, contextAround } from './spot.ts'
import { addressAttributes, factsOf } from './task-facts.ts'
import type { TelemetrySettings } from './telemetry-settings.ts'

/** A task as a span `invoke_agent`, a child of the tool call by which it was passed on, if it was. */
export function watchTask(about: TaskBegun, settings: TelemetrySettings): Watch<TaskEnded> {
  const { agentName, agentVersion, tracer, instruments } = settings
  const counted = { [attribute.operation]: operation.agent, ...addressAttributes(about.address) }
  const attributes = {
    ...counted,
    [attribute.conversation]: about.task.id,
    ...(agentName === undefined ? {} : { [attribute.agentName]: agentName }),
    ...(agentVersion === undefined ? {} : { [attribute.agentVersion]: agentVersion }),
  }
  const name = agentName === undefined ? operation.agent : `${operation.agent} ${agentName}`
  const span = new QuietSpan(tracer, { name, kind: SpanKind.INTERNAL, attributes }, contextAround())
  const spot = { context: span.context, facts: factsOf(about), step: null, modelCall: null }
  const end = (errorType?: string): void => {
    const failed = errorType === undefined ? {} : { [attribute.errorType]: errorType }
    if (errorType !== undefined) span.fail(errorType)
    instruments.duration(span.stopwatch.elapsedMs, { ...counted, ...failed })
    span.end()
  }
  return {
    within: (work) => atSpot(spot, () => span.within(work)),
    succeeded(ended) {
      const { outcome, steps, usage } = ended
      const source = outcome.claims && { [ownAttribute.source]: outcome.claims.source }
      span.set({ [ownAttribute.stop]: outcome.stop, [ownAttribute.steps]: steps, ...source, ...usageOf(usage) })
      end(resultOf(outcome) === 'failure' ? outcome.stop : undefined)
    },
    failed: (error) => end(errorTypeOf(error)),
  }
}

/** Only what providers have told: a count of our own must not pass for a bill. */
function usageOf(usage: UsageTotal | null): Attributes {
  if (usage === null || usage.repliesEstimated > 0 || usage.inputTokens + usage.outputTokens === 0) return {}
  return {
    [attribute.inputTokens]: usage.inputTokens,
    [attribute.outputTokens]: usage.outputTokens,
    [attribute.cacheReadTokens]: usage.cachedInputTokens,
    [attribute.cacheWriteTokens]: usage.cacheWriteTokens,
  }
}
