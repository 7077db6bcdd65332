import type { Question } from './answer-cache.ts'
import type { Answered } from '../task/answered.ts'
import type { FallbackSource } from './fallback-options.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import type { TaskRun } from '../task/task-run.ts'

type CacheSource = Extract<FallbackSource, { kind: 'cache' }>

/**
 * Keeps an answer of the primary, if it may be given again.
 *
 * That is a whole answer to the question alone: no tool was asked for, so that neither an effect nor the state of
 * another system, which may have changed or been misread, is in it. A refusal is no answer to keep.
 */
export function keepAnswer({ answer, stop }: AgentOutcome, run: TaskRun): void {
  const { cache } = run.shared
  if (cache === null || answer === null || stop !== 'end_turn' || run.log.usedTools || run.log.modelRefused) return
  const question = questionOf(run)
  const from = run.settings.fallback?.sources.find((source) => source.kind === 'cache')
  const maxAgeMs = from && maxStaleMsOf(from, question)
  cache.keep(run.parts.cacheKey(question), { answer, asOfMs: Date.now() }, maxAgeMs)
}

/** The answer that was kept for this question, unless it is too old or the task has done more than ask it. */
export function cachedAnswer(from: CacheSource, run: TaskRun): Answered | null {
  if (run.log.usedTools) return null
  const { cache } = run.shared
  const question = questionOf(run)
  const key = run.parts.cacheKey(question)
  const found = cache?.find(key)
  const ageMs = cache?.ageMs(key) ?? null
  if (!found || ageMs === null || !run.parts.isFresh(ageMs, maxStaleMsOf(from, question))) return null
  return { outcome: { answer: found.answer, stop: 'end_turn' }, source: from.source, asOfMs: found.asOfMs }
}

/** Whether the answer that a task came to before may be given once more: one that was kept, while it is not too old. */
export function mayBeGivenAgain({ source, asOfMs }: Answered, run: TaskRun): boolean {
  const { settings, parts } = run
  if (asOfMs === undefined) return true
  const from = settings.fallback?.sources.find((link) => link.source === source)
  return from?.kind !== 'cache' || parts.isFresh(Date.now() - asOfMs, maxStaleMsOf(from, questionOf(run)))
}

/** The most that an answer to this question may be old: never more than the source allows, and 0 where it is not known. */
function maxStaleMsOf({ maxStaleMs, maxStaleMsFor }: CacheSource, question: Question): number {
  if (!maxStaleMsFor) return maxStaleMs
  try {
    const own: unknown = maxStaleMsFor(question)
    return typeof own === 'number' && own >= 0 ? Math.min(own, maxStaleMs) : 0
  } catch {
    return 0
  }
}

function questionOf({ task, settings }: TaskRun): Question {
  const { client, instructions, tools, answerFormat } = settings
  return {
    user: task.user ?? null,
    words: task.input,
    model: `${client.name}/${client.model}`,
    instructions,
    tools: tools.map(({ name }) => name),
    ...(answerFormat ? { format: answerFormat.jsonSchema } : {}),
  }
}
