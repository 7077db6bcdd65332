import { withDeadline } from '../resilience/deadline.ts'
import type { KnownEffect } from './effect-ledger.ts'
import { interruptionOf } from '../errors/interruption.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import { retryRule } from '../task/task-run.ts'
import type { PreparedCall } from './tool.ts'
import { ToolHttpError } from '../errors/tool-http-error.ts'
import { isOutcomeUnknown } from './tool-retry.ts'
import { BudgetSpentError, withRetry } from '../resilience/with-retry.ts'

/** Runs a permitted call and says in words what came of it; an effect that the task has caused is not caused again. */
export function runTool(call: PreparedCall, run: TaskRun): Promise<string> {
  return call.tool.effectful ? runEffectful(call, run) : runReadOnly(call, run)
}

async function runReadOnly(call: PreparedCall, run: TaskRun): Promise<string> {
  try {
    return asText(await attempts(call, run, null))
  } catch (error) {
    if (error instanceof StopError) throw error
    return `Error: ${call.tool.name} failed: ${inWords(error)}.`
  }
}

async function runEffectful(call: PreparedCall, run: TaskRun): Promise<string> {
  const { ledger } = run
  const known = ledger.find(call.effectKey)
  if (known) return notRepeated(call, known)
  if (run.signal.aborted) return notStarted(call, run.signal)
  ledger.begin(call.effectKey)
  try {
    const result = asText(await attempts(call, run, ledger.idempotencyKey(call.effectKey)))
    ledger.complete(call.effectKey, result)
    return result
  } catch (error) {
    if (error instanceof StopError) throw error
    if (isOutcomeUnknown(error)) return `Error: ${call.tool.name} failed: ${inWords(error)}. ${unknownOutcome}`
    ledger.withdraw(call.effectKey)
    return `Error: ${call.tool.name} was not executed: ${inWords(error)}.`
  }
}

function attempts(call: PreparedCall, run: TaskRun, idempotencyKey: string | null): Promise<unknown> {
  const rule = retryRule(run, (error) => run.parts.toolRetry(error, call.tool))
  const { shared, settings, signal: around } = run
  return withRetry(rule, async (attempt) => {
    if (attempt > 1 && shared.budget?.take() === false) throw new BudgetSpentError()
    const result = await withDeadline(call.tool.name, settings.timeouts.toolMs, around, (signal) =>
      call.execute({ signal, idempotencyKey }),
    )
    shared.budget?.refill()
    return result
  })
}

/** The step's time was up before the call's turn came: it certainly did not happen. */
function notStarted(call: PreparedCall, signal: AbortSignal): string {
  const interruption = interruptionOf(signal)
  if (interruption instanceof StopError) throw interruption
  return `Error: ${call.tool.name} was not executed: ${inWords(interruption)}.`
}

const unknownOutcome = 'Whether it took effect is unknown: do not repeat it, and tell the user that it must be checked.'

function notRepeated(call: PreparedCall, known: KnownEffect): string {
  const what = `Error: this ${call.tool.name} was already requested in this task and is not executed again.`
  return known.state === 'done' ? `${what} Its result was: ${known.result}` : `${what} ${unknownOutcome}`
}

function asText(result: unknown): string {
  return typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null')
}

/** The back end's own words help the model to correct its call; a page of HTML does not. */
function inWords(error: unknown): string {
  if (error instanceof ToolHttpError) {
    const detail = error.body.trim().startsWith('<') ? '' : error.body.trim().slice(0, 200)
    return detail ? `${error.message}: ${detail}` : error.message
  }
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
}
