import { SpanKind } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import type { ToolCallBegun, Watch } from '../events/observer.ts'
import { canonicalJson } from '../tools/canonical-json.ts'
import { attribute, operation } from './conventions-1-41.ts'
import { errorTypeOf } from './error-type.ts'
import { ownAttribute, ownEvent } from './own-names.ts'
import { QuietSpan } from './quiet-span.ts'
import { shown, shownWord } from './shown.ts'
import { atSpot, currentSpot } from './spot.ts'
import type { TelemetrySettings } from './telemetry-settings.ts'

/** A tool call as a span `execute_tool`, its attempts and the waits between them included. */
export function watchToolCall(about: ToolCallBegun, settings: TelemetrySettings): Watch<unknown> | undefined {
  const around = currentSpot()
  if (!around) return undefined
  const { tracer, instruments, recordContent } = settings
  const { secrets, provider } = around.facts
  const its = { [attribute.toolName]: about.tool, [attribute.toolCallId]: shownWord(about.callId, secrets) }
  const content = recordContent ? { [attribute.toolArguments]: shown(canonicalJson(about.arguments), secrets) } : {}
  const attributes = {
    ...its,
    [attribute.operation]: operation.tool,
    [attribute.toolType]: 'function',
    [attribute.toolDescription]: about.description,
    ...content,
  }
  const name = `${operation.tool} ${about.tool}`
  const span = new QuietSpan(tracer, { name, kind: SpanKind.INTERNAL, attributes }, around.context)
  around.step?.event(ownEvent.toolStarted, its)
  const end = (failed: Attributes): void => {
    const { elapsedMs } = span.stopwatch
    const succeeded = !(attribute.errorType in failed)
    const measured = { [ownAttribute.durationMs]: elapsedMs, [ownAttribute.succeeded]: succeeded }
    around.step?.event(ownEvent.toolCompleted, { ...its, ...measured, ...failed })
    const counted = { [attribute.operation]: operation.tool, [attribute.provider]: provider }
    instruments.duration(elapsedMs, { ...counted, [attribute.toolName]: about.tool, ...failed })
    span.end()
  }
  return {
    within: (work) => atSpot({ ...around, context: span.context }, () => span.within(work)),
    succeeded(result) {
      if (recordContent) span.set({ [attribute.toolResult]: shown(inWords(result), secrets) })
      end({})
    },
    failed(error) {
      const errorType = errorTypeOf(error)
      span.fail(errorType)
      end({ [attribute.errorType]: errorType })
    },
  }
}

function inWords(result: unknown): string {
  return typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null')
}
