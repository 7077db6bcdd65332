import type { Answered } from '../task/answered.ts'
import type { FallbackSource } from './fallback-options.ts'
import type { ModelFailure } from '../errors/model-failure.ts'
import type { TaskRun } from '../task/task-run.ts'

type TextSource = Extract<FallbackSource, { kind: 'templates' | 'text' }>

/**
 * A fixed text for the user, where the source has one for this failure; nobody is asked.
 *
 * It is no answer to the question, so that the task ends with its failure and not as served. What the task has changed
 * by then is told: a user who reads that it failed must not think that nothing happened.
 */
export function fixedText(source: TextSource, failure: ModelFailure | null, run: TaskRun): Answered | null {
  const text = source.kind === 'text' ? source.text : textFor(source, failure)
  if (text === undefined) return null
  const stop = run.parts.exhaustedStop(failure?.stop ?? 'error')
  const outcome = { answer: [text, ...effectWords(run)].join(' '), stop }
  return { outcome, source: source.source, ...(failure ? { errorClass: failure.errorClass } : {}) }
}

function textFor(
  { texts }: Extract<TextSource, { kind: 'templates' }>,
  failure: ModelFailure | null,
): string | undefined {
  const byClass: Readonly<Record<string, string | undefined>> = texts
  return failure === null ? undefined : byClass[failure.errorClass]
}

function effectWords({ ledger }: TaskRun): string[] {
  const done = ledger.keys('done')
  const unknown = ledger.keys('unknown')
  return [
    ...(done.length > 0 ? [`Already carried out: ${done.join(', ')}.`] : []),
    ...(unknown.length > 0
      ? [`Started, and not known to have happened: ${unknown.join(', ')}; it must be checked.`]
      : []),
  ]
}
