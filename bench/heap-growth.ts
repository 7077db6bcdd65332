import { blockTrials } from '../src/scenario/plans.ts'
import { judgeFor } from '../src/scenario/finding.ts'
import { runBlock } from '../src/scenario/block.ts'
import { chatScenario } from './chat-scenario.ts'

/**
 * Heap in use after collection once 20 000 trials have run, over the same after 1 000.
 *
 * The heap and not the resident set, which grows with V8's young generation without any leak.
 */
export async function heapGrowth(): Promise<{ heap20000Over1000: number; trialsPerSecond: number }> {
  const scenario = chatScenario()
  const judge = judgeFor(scenario)
  const run = (block: number) =>
    runBlock({ scenario, judge, seed: 1, block, trials: blockTrials, lost: new Map(), onTurn() {}, onTrial() {} })
  for (let block = 0; block < 10; block++) await run(block)
  const after1000 = heapInUse()
  const before = performance.now()
  for (let block = 10; block < 200; block++) await run(block)
  const seconds = (performance.now() - before) / 1000
  return { heap20000Over1000: heapInUse() / after1000, trialsPerSecond: (190 * blockTrials) / seconds }
}

function heapInUse(): number {
  if (globalThis.gc === undefined) throw new Error('the heap can only be measured with node --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
