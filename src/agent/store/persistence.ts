import type { AgentSettings } from '../agent-options.ts'
import { StoredApprovals } from '../policy/stored-approvals.ts'
import type { SecretStrike } from '../policy/without-secrets.ts'
import { ProviderTraces } from '../steps/provider-traces.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { AgentTask } from '../task/outcome.ts'
import { MemoryEffectLedger } from '../tools/effect-ledger.ts'
import { RunJournal } from './run-journal.ts'
import { StoredEffectLedger } from './stored-effect-ledger.ts'

/** What a task remembers with, in a store or for as long as it runs. */
export function openPersistence(
  { store, policy, traces }: AgentSettings,
  task: AgentTask,
  strike: SecretStrike,
): Pick<TaskRun, 'ledger' | 'journal' | 'approvals' | 'traces'> {
  if (!store) return { ledger: new MemoryEffectLedger(task.id), journal: null, approvals: null, traces: null }
  const ledger = new StoredEffectLedger(store, task.id)
  const approvals = new StoredApprovals(store, task.id, policy.approvalLastsMs)
  const journal = new RunJournal(store, task, ledger)
  return { ledger, journal, approvals, traces: traces ? new ProviderTraces(store.traces, task.id, strike) : null }
}
