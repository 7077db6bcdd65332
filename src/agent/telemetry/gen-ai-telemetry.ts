import type { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import type { TaskObserver } from '../events/observer.ts'
import { Instruments } from './instruments.ts'
import { watchModelCall } from './model-call-span.ts'
import { currentSpot } from './spot.ts'
import { watchStep } from './step-span.ts'
import { watchTask } from './task-span.ts'
import { telemetrySchema } from './telemetry-settings.ts'
import { watchToolCall } from './tool-call-span.ts'

/**
 * Tells what an agent does by the GenAI conventions of OpenTelemetry, for its option `observer`.
 *
 * A task is a span `invoke_agent`, a step `agent_step`, a model call `chat`, a tool call `execute_tool`; those of an
 * agent that a task was passed on to are children of the tool call. What is told holds no words of people, models or
 * tools unless that is asked for, and no message of an error. A tracer or meter that fails changes nothing but what is
 * told.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function genAiTelemetry(options: z.input<typeof telemetrySchema>): TaskObserver {
  const { meter, ...others } = parseOptions('telemetry', telemetrySchema, options)
  const settings = { ...others, instruments: new Instruments(meter) }
  return {
    task: (about) => watchTask(about, settings),
    step: (about) => watchStep(about, settings),
    modelCall: (about) => watchModelCall(about, settings),
    toolCall: (about) => watchToolCall(about, settings),
    hear(event) {
      if (event.type === 'delta') currentSpot()?.modelCall?.piece()
      if (event.type === 'attempt_failed') currentSpot()?.modelCall?.attemptFailed(event.errorClass)
    },
  }
}
