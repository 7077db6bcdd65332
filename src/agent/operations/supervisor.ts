import { z } from 'zod'
import { interruptionOf } from '../errors/interruption.ts'
import { parseOptions } from '../errors/parse-options.ts'
import { longestTimerMs, waitMs } from '../resilience/resilience-options.ts'
import { untilAborted } from '../resilience/until-aborted.ts'
import { onAlertSchema, raise } from './alert.ts'
import { endedWithin } from './ended-within.ts'

const supervisionSchema = z.strictObject({
  /** What is supervised, for alerts. */
  name: z.string().min(1),
  /** Without a heartbeat for so long, what runs is stuck. Longer than the longest single call it may make. */
  timeoutMs: waitMs,
  /** How often it is made anew before it is given up. */
  maxRestarts: z.int().min(0).default(3),
  /** How long a cancelled one may take to end, before another is started beside it. */
  graceMs: z.int().min(0).max(longestTimerMs).default(1_000),
  onAlert: onAlertSchema.optional(),
})

export type Supervision = z.input<typeof supervisionSchema>
type SupervisionSettings = z.output<typeof supervisionSchema>

/** What a supervised run is given to live with. */
export interface Life {
  /** Aborted when it is cancelled, by its caller or as stuck. */
  readonly signal: AbortSignal
  /** Says that it is alive. From a life that is over, it says nothing. */
  readonly heartbeat: () => void
  /** 1 for the first, 2 after the first restart, and so on. */
  readonly number: number
}

/** It was stuck as often as it may be. */
export class StuckError extends Error {
  static {
    this.prototype.name = 'StuckError'
  }

  constructor(name: string, timeoutMs: number, lives: number) {
    super(`${name} gave no sign of life for ${timeoutMs} ms, ${lives} times, and was given up.`)
  }
}

/**
 * Runs something as long as it shows signs of life; where it does not, it is cancelled and made anew.
 *
 * What comes of a cancelled life is dropped. An error is an end like any other: only silence is a reason to restart.
 * Effects may happen once more in a new life, unless they are keyed by the task as the reference agent's are.
 *
 * @throws {StuckError} after the last restart; what the run threw; or what interrupts the signal
 * @throws {TypeError} one sentence, where an option is wrong
 */
export async function supervised<Result>(
  options: Supervision,
  signal: AbortSignal,
  live: (life: Life) => Promise<Result>,
): Promise<Result> {
  const settings = parseOptions('supervisor', supervisionSchema, options)
  const { name, timeoutMs, maxRestarts, onAlert } = settings
  const alert = { subject: name } as const
  for (let number = 1; ; number++) {
    const ended = await oneLife(number, settings, signal, live)
    if (ended !== 'stuck') return ended.result
    if (number > maxRestarts) {
      const message = `${name} was stuck again after ${maxRestarts} restarts and was given up.`
      raise(onAlert, { ...alert, kind: 'agent_given_up', severity: 'critical', message })
      throw new StuckError(name, timeoutMs, number)
    }
    const message = `${name} gave no sign of life for ${timeoutMs} ms and was restarted (${number} of ${maxRestarts}).`
    raise(onAlert, { ...alert, kind: 'agent_restarted', severity: 'warning', message })
  }
}

async function oneLife<Result>(
  number: number,
  { timeoutMs, graceMs }: SupervisionSettings,
  around: AbortSignal,
  live: (life: Life) => Promise<Result>,
): Promise<'stuck' | { readonly result: Result }> {
  if (around.aborted) throw interruptionOf(around)
  const controller = new AbortController()
  const { promise: silence, resolve: stuck } = Promise.withResolvers<'stuck'>()
  let isOver = false
  let timer = setTimeout(() => stuck('stuck'), timeoutMs)
  const heartbeat = (): void => {
    if (isOver) return
    clearTimeout(timer)
    timer = setTimeout(() => stuck('stuck'), timeoutMs)
  }
  const running = (async () => ({ result: await live({ signal: controller.signal, heartbeat, number }) }))()
  try {
    const ended = await untilAborted(Promise.race([running, silence]), around)
    if (ended !== 'stuck') return ended
  } finally {
    isOver = true
    clearTimeout(timer)
    // An end that nobody waits for; after a life of its own accord it changes nothing.
    controller.abort(around.aborted ? interruptionOf(around) : undefined)
  }
  await endedWithin(graceMs, running)
  return 'stuck'
}
