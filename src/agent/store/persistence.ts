import type { AgentTask } from '../task/outcome.ts'
import { MemoryEffectLedger } from '../tools/effect-ledger.ts'
import type { EffectLedger } from '../tools/effect-ledger.ts'
import type { AgentStore } from './agent-store.ts'
import { RunJournal } from './run-journal.ts'
import { StoredEffectLedger } from './stored-effect-ledger.ts'

/** What a task remembers with, in a store or for as long as it runs. */
export function openPersistence(
  store: AgentStore | undefined,
  task: AgentTask,
): { readonly ledger: EffectLedger; readonly journal: RunJournal | null } {
  if (!store) return { ledger: new MemoryEffectLedger(task.id), journal: null }
  const ledger = new StoredEffectLedger(store, task.id)
  return { ledger, journal: new RunJournal(store, task, ledger) }
}
