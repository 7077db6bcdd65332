import type { Status } from '../results/results-schema.ts'

/** How a status looks: never by colour alone. */
export interface StatusLook {
  readonly word: string
  readonly sign: string
  /** Class of the style sheet. */
  readonly tone: string
  /** What it means for a deployment. */
  readonly advice: string
}

/** The looks of the four statuses of a run. */
export const statusLooks: Readonly<Record<Status, StatusLook>> = {
  pass: {
    word: 'Pass',
    sign: '✓',
    tone: 'good',
    advice: 'Nothing found speaks against deploying.',
  },
  fail: {
    word: 'Fail',
    sign: '✕',
    tone: 'bad',
    advice: 'Do not deploy: an agent broke what it must keep.',
  },
  inconclusive: {
    word: 'Inconclusive',
    sign: '?',
    tone: 'open',
    advice: 'Not decided: part of what was asked was never put to the test.',
  },
  'harness failure': {
    word: 'Harness failure',
    sign: '!',
    tone: 'torn',
    advice: 'No verdict on the agent: the run itself cannot be trusted.',
  },
}
