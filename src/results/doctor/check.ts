import { ShakedownError } from '../../contract/errors.ts'

/** One thing that was looked at, and what was found. */
export interface Check {
  /** A `problem` keeps a run from working, or from ever passing; a `warning` will do so sooner or later, or by luck. */
  readonly state: 'ok' | 'warning' | 'problem'
  /** What was looked at, e.g. `declaration`. */
  readonly what: string
  /** The file, folder, agent or scenario; null where there is only one. */
  readonly where: string | null
  /** One sentence without its full stop. */
  readonly found: string
  /** What to do about it; null where all is well. */
  readonly remedy: string | null
  /** Of a gate: how likely it is to pass and to fail. */
  readonly gate?: GateOutlook
}

/** How likely a gate is to pass and to fail, for several agents; what is missing to 1 stays undecided. */
export interface GateOutlook {
  readonly words: string
  readonly chances: readonly {
    /** How often the agent fails, in comparison with what is allowed. */
    readonly agentFails: 'half as often' | 'just as often' | 'twice as often' | 'once in 100 trials'
    /** 0 to 1. */
    readonly passed: number
    readonly failed: number
  }[]
}

/** What is about one thing, so that each finding needs no more than its words. */
export interface Checking {
  ok(found: string): Check
  warning(found: string, remedy: string): Check
  problem(found: string, remedy: string): Check
  /** An error that Shakedown has made: its sentence ends with the remedy. */
  failed(error: unknown): Check
}

/** Checks of one thing. */
export function checking(what: string, where: string | null = null): Checking {
  const made = (state: Check['state'], found: string, remedy: string | null): Check => ({
    state,
    what,
    where,
    found,
    remedy,
  })
  return {
    ok: (found) => made('ok', found, null),
    warning: (found, remedy) => made('warning', found, remedy),
    problem: (found, remedy) => made('problem', found, remedy),
    failed(error) {
      if (!ShakedownError.is(error)) throw error
      return made('problem', ...foundAndRemedy(error.message))
    },
  }
}

/** Takes a sentence such as `it is too small; make it larger.` apart. */
export function foundAndRemedy(sentence: string): [found: string, remedy: string] {
  const whole = sentence
    .trim()
    .replaceAll(/(?<!\s)\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
  const end = whole.lastIndexOf('; ')
  return end < 0 ? [whole, 'mend it'] : [whole.slice(0, end), whole.slice(end + 2)]
}
