import type { Contrast } from '../../src/results/comparison/decide-cell.ts'
import type { TaskSides } from '../../src/results/comparison/task-contrast.ts'
import type { RandomStream } from '../../src/simulation/random-stream.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { type Claim, percent } from './claim.ts'

const [repeats, alpha] = [20, 0.05]
const sizes = [8, 30]
/** By how much each task gets better or worse, by lot: tasks like these are as good as before. */
const effects = [0, 0.15, 0.3]

/** A comparison over tasks finds no difference where there is none, however much single tasks have changed. */
export function comparedTasksAgree(
  contrast: (tasks: readonly TaskSides[]) => Pick<Contrast, 'p'>,
  random: RandomStream,
  runs: number,
): Claim {
  const alarms = sizes.flatMap((tasks) =>
    effects.map((effect) => {
      let found = 0
      for (let run = 0; run < runs; run++) {
        const sides = Array.from({ length: tasks }, () => sidesOf(effect, random))
        if (contrast(sides).p <= alpha) found++
      }
      return found / runs
    }),
  )
  const most = Math.max(...alarms)
  const [atLeast] = clopperPearson(most * runs, runs, 1e-6)
  return {
    promise: 'a comparison over tasks has at most 5 % false alarms where a change helps some tasks and harms as many',
    grid: `simulation; ${sizes.join(', ')} tasks with ${repeats} repeats, ${effects.length} effects on single tasks, ${runs} runs each; refuted beyond chance of one in a million`,
    figures: `false alarms over tasks at most ${percent(most)}`,
    isHeld: atLeast <= alpha,
  }
}

function sidesOf(effect: number, random: RandomStream): TaskSides {
  const after = 0.5 + (random.uniform() < 0.5 ? effect : -effect)
  return { baseline: ran(0.5, random), current: ran(after, random) }
}

function ran(chance: number, random: RandomStream): TaskSides['baseline'] {
  const solved = Array.from({ length: repeats }, () => random.uniform() < chance).filter(Boolean).length
  return { solved, of: repeats }
}
