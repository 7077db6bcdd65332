import type { WorkloadDraw, WorkloadInput } from 'shakedown'

/** Every so many trials the customer hangs up, at a moment that is drawn. */
const hangUpEvery = 5

/** One customer a trial, each task in turn. */
export function oneCustomer({ trial, tasks, int }: WorkloadDraw): WorkloadInput {
  const task = tasks[trial % tasks.length]?.id ?? ''
  const hangsUp = trial % hangUpEvery === hangUpEvery - 1
  return { arrivals: [{ task, ...(hangsUp ? { cancelAtMs: int('hangs up', 0, 5_000) } : {}) }] }
}
