import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { confidenceSequence } from '../statistics/confidence-sequence.ts'
import { type LevelVerdict, atLeastLevel } from './level.ts'
import { type Reading, plainReading } from './population.ts'
import { refutationLevel } from './refutation-level.ts'
import { neededOf } from './repeat-gate-rule.ts'
import type { RepeatGate } from './repeat-gate-schema.ts'

/** How often one task was solved over the repeats that count. */
export interface TaskRepeats {
  readonly task: string
  readonly solved: number
  readonly of: number
}

/** What a repeat gate says of one task. */
export interface RepeatJudgement extends TaskRepeats {
  readonly verdict: LevelVerdict
  /** The smallest α at which the task is below the gate; 1 where it is not, 0 where a count is a proof. */
  readonly p: number
}

const alpha = 0.05

/** Judges one task by its repeats; `of` repeats are expected to be the first ones where the gate counts so many. */
export function judgeTaskRepeats(gate: RepeatGate, repeats: TaskRepeats, reading?: Reading): RepeatJudgement {
  if (gate.gate === 'each task' && gate.of !== null) return byCount(gate.atLeast, gate.of, repeats)
  const at = (level: number): LevelVerdict => atLeastLevel(chances(gate, repeats, reading, level), gate.atLeast)
  const verdict = repeats.of === 0 ? 'undecided' : at(alpha)
  const p = verdict === 'not reached' ? refutationLevel((level) => at(level) === 'not reached', alpha) : 1
  return { ...repeats, verdict, p }
}

/** The chance of one success, or of k in a row: what is certain of the one is of its power. */
function chances(
  gate: RepeatGate,
  { solved, of }: TaskRepeats,
  { isSequential }: Reading = plainReading,
  level: number,
): readonly [number, number] {
  const [low, high] = isSequential ? confidenceSequence(solved, of, level) : clopperPearson(solved, of, level)
  return gate.gate === 'pass^k' ? [low ** gate.k, high ** gate.k] : [low, high]
}

/** A count is what was asked for: it is no estimate, and a task may fail it before all repeats are made. */
function byCount(atLeast: number, wanted: number, repeats: TaskRepeats): RepeatJudgement {
  const needed = neededOf(atLeast, wanted)
  const canStill = repeats.solved + (wanted - repeats.of)
  if (repeats.solved >= needed) return { ...repeats, verdict: 'reached', p: 1 }
  return canStill < needed ? { ...repeats, verdict: 'not reached', p: 0 } : { ...repeats, verdict: 'undecided', p: 1 }
}
