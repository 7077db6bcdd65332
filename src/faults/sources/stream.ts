import type { FaultTarget } from '../../contract/fault.ts'
import type { FaultSource } from '../arbitraries/plan.ts'
import { anthropicStreamMembers } from '../families/anthropic-streams.ts'
import { bedrockStreamMembers } from '../families/bedrock-streams.ts'
import { responsesStreamMembers } from '../families/responses-streams.ts'
import { streamChangeMembers } from '../families/stream-changes.ts'
import { streamCutMembers } from '../families/stream-cuts.ts'
import { streamOddityMembers } from '../families/stream-oddities.ts'
import { strikingOf } from './striking.ts'

/** What can go wrong inside a streamed reply; a request that wants no stream is not struck. */
export interface StreamFaults {
  readonly all: () => FaultSource[]
  /** Streams that end too early, or never. */
  readonly cuts: () => FaultSource
  /** Streams that come slowly, in other pieces, or say what they should not. */
  readonly changes: () => FaultSource
}

/** Faults inside streamed replies. `name` aims at one endpoint, `*` at all. */
export function stream(name = '*'): StreamFaults {
  const target: FaultTarget = { kind: 'model', name }
  const cuts = () => strikingOf('streams', streamCutMembers, target)
  const changes = () =>
    strikingOf(
      'streams',
      [
        ...streamChangeMembers,
        ...streamOddityMembers,
        ...anthropicStreamMembers,
        ...responsesStreamMembers,
        ...bedrockStreamMembers,
      ],
      target,
    )
  return { cuts, changes, all: () => [cuts(), changes()] }
}
