import { SpanKind } from '@opentelemetry/api'
import type { StepBegun, Watch } from '../events/observer.ts'
import { errorTypeOf } from './error-type.ts'
import { ownAttribute, ownSpan } from './own-names.ts'
import { QuietSpan } from './quiet-span.ts'
import { atSpot, currentSpot } from './spot.ts'
import type { TelemetrySettings } from './telemetry-settings.ts'

/** A step as a span of our own: the conventions have none. Its events are the tools and the failed attempts in it. */
export function watchStep({ step }: StepBegun, { tracer }: TelemetrySettings): Watch<unknown> | undefined {
  const around = currentSpot()
  if (!around) return undefined
  const start = { name: ownSpan.step, kind: SpanKind.INTERNAL, attributes: { [ownAttribute.step]: step } }
  const span = new QuietSpan(tracer, start, around.context)
  const spot = { ...around, context: span.context, step: span }
  return {
    within: (work) => atSpot(spot, () => span.within(work)),
    succeeded: () => span.end(),
    failed(error) {
      span.fail(errorTypeOf(error))
      span.end()
    },
  }
}
