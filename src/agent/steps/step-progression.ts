/**
 * How far a step has come.
 *
 * - `started`: it is kept as pending, where there is a store, and its model is asked.
 * - `reply_received`, `stream_received`: the model has answered whole; what it asks for is being done.
 * - `step_logged`: it is done, and what came of it is kept.
 * - `trace_logged`: what was sent and answered is kept as well, where that is asked for.
 * - `finished`: nothing of it is left to do.
 */
export const stepProgressions = [
  'started',
  'reply_received',
  'stream_received',
  'step_logged',
  'trace_logged',
  'finished',
] as const

export type StepProgression = (typeof stepProgressions)[number]

/** The place of each in a step; a reply comes whole or as a stream, and never both. */
const places: Readonly<Record<StepProgression, number>> = {
  started: 0,
  reply_received: 1,
  stream_received: 1,
  step_logged: 2,
  trace_logged: 3,
  finished: 4,
}

/** Whether a step that has come to the first has come to the second, or past it. */
export function hasReached(reached: StepProgression, wanted: StepProgression): boolean {
  return places[reached] >= places[wanted]
}
