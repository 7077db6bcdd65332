import { primarySource } from '../task/answered.ts'
import type { Answered } from '../task/answered.ts'
import { cachedAnswer, keepAnswer } from './cached-answer.ts'
import type { ChainLink } from './chain-link.ts'
import type { ErrorClass } from '../errors/error-class.ts'
import { fixedText } from './fallback-text.ts'
import { askSimplified } from './simplified-answer.ts'
import { ModelFailure } from '../errors/model-failure.ts'
import { stoppedRun } from '../steps/run-records.ts'
import { runSteps } from '../task/step-loop.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'

/** Failures of the service, and refusals of the agent's own guards: another source may do better. */
const causes: ReadonlySet<ErrorClass> = new Set(['timeout', 'connection', 'server', 'rate_limited', 'quota', 'refused'])
const neutralCauses: ReadonlySet<ErrorClass> = new Set(['auth', 'invalid_request'])

/**
 * Answers a task from the first source of the chain that can, the agent's own loop first.
 *
 * No source is tried twice. What the caller or the policy of the provider forbade is not taken elsewhere. No source but
 * the first is offered tools, so that falling back causes no effect; those that there are by then, it is told.
 *
 * @throws {StopError} where nothing answers
 */
export async function answerFromChain(run: TaskRun): Promise<Answered> {
  const chain = run.parts.chainOrder([
    { kind: 'primary', source: primarySource },
    ...(run.settings.fallback?.sources ?? []),
  ])
  let failure: ModelFailure | null = null
  for (const link of chain) {
    try {
      const answered = await ask(link, failure, run)
      if (!answered) continue
      if (run.journal && link.kind !== 'primary') await run.journal.answeredElsewhere(answered, stoppedRun(run))
      return answered
    } catch (error) {
      failure = asCause(error, link, failure, run)
    }
  }
  throw new StopError(run.parts.exhaustedStop(failure?.stop ?? 'error'), 'No source gave an answer.', {
    cause: failure,
  })
}

async function ask(link: ChainLink, failure: ModelFailure | null, run: TaskRun): Promise<Answered | null> {
  switch (link.kind) {
    case 'primary': {
      const outcome = await runSteps(run)
      keepAnswer(outcome, run)
      return { outcome, source: link.source }
    }
    case 'cache':
      return cachedAnswer(link, run)
    case 'model':
      return askSimplified(link, run)
    default:
      return fixedText(link, failure, run)
  }
}

/**
 * The failure that the next source is asked for; anything that ends the chain is thrown on.
 *
 * The class stays that of the first failure, which the user's text is about; the reason is that of the last.
 */
function asCause(error: unknown, link: ChainLink, before: ModelFailure | null, run: TaskRun): ModelFailure {
  if (!(error instanceof StopError) || run.signal.aborted) throw error
  if (link.kind === 'primary' && !mayGoOn(error, run)) throw error
  const errorClass = before?.errorClass ?? (error instanceof ModelFailure ? error.errorClass : 'unknown')
  return new ModelFailure(error.stop, errorClass, error)
}

function mayGoOn(error: StopError, { settings: { fallback } }: TaskRun): boolean {
  if (!(error instanceof ModelFailure) || !fallback) return false
  return causes.has(error.errorClass) || (fallback.onNeutral && neutralCauses.has(error.errorClass))
}
