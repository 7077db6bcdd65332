import { primarySource } from './answered.ts'
import type { Answered } from './answered.ts'
import { cachedAnswer, keepAnswer } from './cached-answer.ts'
import type { ChainLink } from './chain-link.ts'
import { startConversation } from './conversation.ts'
import type { ErrorClass } from './error-class.ts'
import type { FallbackSource } from './fallback-options.ts'
import { fixedText } from './fallback-text.ts'
import { ModelFailure } from './model-failure.ts'
import { nextTurn } from './model-turn.ts'
import { finalOutcome, runSteps, stepLimit } from './step-loop.ts'
import { StopError } from './stop-error.ts'
import type { TaskRun } from './task-run.ts'
import { withinLimit } from './time-limit.ts'

/** Failures of the service, and refusals of the agent's own guards: another source may do better. */
const causes: ReadonlySet<ErrorClass> = new Set(['timeout', 'connection', 'server', 'rate_limited', 'quota', 'refused'])
const neutralCauses: ReadonlySet<ErrorClass> = new Set(['auth', 'invalid_request'])

/**
 * Answers a task from the first source of the chain that can, the agent's own loop first.
 *
 * No source is tried twice. What the caller or the policy of the provider forbade is not taken elsewhere. Once the
 * task may have changed something, no other source answers the question, because it would not know of that: only
 * fixed texts follow, which tell it.
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
      if (answered) return answered
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
      return run.ledger.isEmpty ? cachedAnswer(link, run) : null
    case 'model':
      return run.ledger.isEmpty ? askModel(link, run) : null
    default:
      return fixedText(link, failure, run)
  }
}

/** Another model, asked the user's words alone. */
async function askModel(
  { source, client, instructions }: Extract<FallbackSource, { kind: 'model' }>,
  run: TaskRun,
): Promise<Answered | null> {
  const endpoint = run.shared.endpoints.get(client.name)
  if (!endpoint) return null
  const conversation = startConversation(instructions, run.task.input)
  const model = { endpoint, model: client.model, withTools: false }
  const { reply } = await withinLimit(stepLimit(run), run, (span) => nextTurn(conversation, model, { ...run, ...span }))
  const outcome = finalOutcome(reply)
  if (outcome.answer !== null && reply.calls.length === 0) return { outcome, source }
  throw new StopError('invalid_llm_response', `The source "${source}" gave no usable answer.`)
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
