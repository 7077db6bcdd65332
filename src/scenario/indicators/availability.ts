import type { RequestSent } from '../../contract/event.ts'
import type { FallbackProfile, FallbackSource } from '../../contract/fallback-profile.ts'
import type { Outcome } from '../../contract/outcome.ts'
import { stopReasons } from '../../contract/outcome.ts'
import type { IndicatorEvent } from '../../objectives/indicators/indicator-counts.ts'
import type { RecordedCall, TaskRecord } from './task-record.ts'

/** Ends of a task that are answers: the agent has said what it had to say, or asks for what it may not decide. */
const answers: ReadonlySet<string> = new Set(['end_turn', 'requires_approval', 'tool_rule'])
const known: ReadonlySet<string> = new Set(stopReasons)

/** Whether a task was answered at all, and by whom: what a fallback or a cache has served is told apart. */
export function availabilityOf(record: TaskRecord, fallback: FallbackProfile | undefined): IndicatorEvent {
  const { outcome, hasThrown } = record
  if (outcome === null) return { side: 'bad', reason: hasThrown ? 'threw' : 'hung' }
  if (isTurnedAway(outcome, record)) return { side: 'bad', reason: 'refused by the agent itself' }
  if (answers.has(outcome.stop)) return { side: 'good', reason: servedBy(record, outcome, fallback) }
  return { side: 'bad', reason: `stopped with ${known.has(outcome.stop) ? outcome.stop : 'an unknown reason'}` }
}

/** Whether the agent's own guards are why there is no answer of a model: it refused calls, and none was answered. */
function isTurnedAway({ claims }: Outcome, { modelCalls }: TaskRecord): boolean {
  const isRefused = (claims?.refusals?.length ?? 0) > 0
  return isRefused && (claims?.source === undefined || claims.source === 'none') && !modelCalls.some(isWhole)
}

/**
 * Who served an answer. A claim of another source than the primary is believed; one of the primary only where a model of
 * the primary has answered in this task.
 */
function servedBy({ modelCalls }: TaskRecord, { claims }: Outcome, fallback: FallbackProfile | undefined): string {
  const replies = modelCalls.filter(isWhole)
  const primary = fallback?.chain[0]
  const other = replies.length > 0 ? 'fallback' : 'cache or fixed text'
  const isOther = claims?.source !== undefined && claims.source !== (primary?.source ?? 'primary')
  if (isOther) return other
  if (primary === undefined) return 'primary'
  return replies.some(({ sent }) => isOf(primary, sent)) ? 'primary' : other
}

function isOf({ upstream, model }: FallbackSource, sent: RequestSent): boolean {
  return sent.upstream === upstream && (model === undefined || sent.model?.model === model)
}

function isWhole({ end }: RecordedCall): boolean {
  return end?.type === 'response.end' && end.class === 'success' && end.model !== null
}
