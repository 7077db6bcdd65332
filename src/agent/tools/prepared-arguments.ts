import { mendArguments } from './argument-repair.ts'
import type { PreparedCall, Tool } from './tool.ts'

/** The tools whose arguments may be mended where they cannot be read as they are. */
export type ArgumentRepair = 'off' | 'read_only_tools' | 'all_tools'

/** A call that can run, with a note for the model where its arguments were mended, or what is wrong with it. */
export type Prepared = { readonly call: PreparedCall; readonly note: string } | { readonly problem: string }

/** Checks the arguments of a call, and mends them once where that is allowed; mended ones are checked like any others. */
export function prepareCall(tool: Tool, argumentsText: string, repair: ArgumentRepair): Prepared {
  const prepared = tool.prepare(argumentsText)
  if (!('problem' in prepared)) return { call: prepared.call, note: '' }
  const isAllowed = repair === 'all_tools' || (repair === 'read_only_tools' && !tool.effectful)
  const mended = isAllowed ? mendArguments(argumentsText) : null
  if (!mended) return prepared
  const again = tool.prepare(mended.text)
  if ('problem' in again) return again
  const faults = mended.faults.join(' and ')
  return {
    call: again.call,
    note: `\nNote: its arguments had ${faults}, and were read without; write one JSON object.`,
  }
}
