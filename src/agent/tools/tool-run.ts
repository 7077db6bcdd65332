import { observed } from '../events/observed.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { canonicalJson } from './canonical-json.ts'
import type { EffectLedger, Intent, KnownEffect } from './effect-ledger.ts'
import { interruptionOf } from '../errors/interruption.ts'
import { StopError } from '../errors/stop-error.ts'
import { StoreError } from '../store/store-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import { retryRule } from '../task/task-run.ts'
import { limitedResult, resultText } from './result-limit.ts'
import type { PreparedCall } from './tool.ts'
import { ToolHttpError } from '../errors/tool-http-error.ts'
import { isOutcomeUnknown } from './tool-retry.ts'
import { BudgetSpentError, withRetry } from '../resilience/with-retry.ts'

/** Runs a permitted call and says in words what came of it; an effect that the task has caused is not caused again. */
export function runTool(call: PreparedCall, callId: string, run: TaskRun): Promise<string> {
  return call.tool.effectful ? runEffectful(call, callId, run) : runReadOnly(call, callId, run)
}

/** Whether an answer tells of a failure: the words of the agent for one begin so, and those of many tools. */
export function tellsFailure(answer: string): boolean {
  return answer.startsWith('Error: ')
}

/** Whether nothing would be sent for a call, because the task has caused its effect, or may have. */
export function isSettledEffect(call: PreparedCall, ledger: EffectLedger): boolean {
  const known = call.tool.effectful ? ledger.find(call.effectKey) : undefined
  return known !== undefined && !mayRepeat(call, known)
}

/** The very same thing can be asked for again where the back end knows by the key that it is the same. */
function mayRepeat(call: PreparedCall, known: KnownEffect): boolean {
  const isSame = known.argumentsText === canonicalJson(call.arguments)
  return known.state === 'unknown' && call.tool.honoursIdempotencyKey && isSame
}

async function runReadOnly(call: PreparedCall, callId: string, run: TaskRun): Promise<string> {
  try {
    return asResult(await attempts(call, callId, run, null), call, run)
  } catch (error) {
    if (error instanceof StopError) throw error
    return `Error: ${call.tool.name} failed: ${inWords(error)}.`
  }
}

async function runEffectful(call: PreparedCall, callId: string, run: TaskRun): Promise<string> {
  const { ledger } = run
  const intent = intentOf(call, callId, run)
  const known = ledger.find(call.effectKey)
  if (known && !mayRepeat(call, known)) return notRepeated(call, intent, known)
  if (run.signal.aborted) return notStarted(call, run.signal)
  const begun = ledger.begin(intent)
  // Somebody else is at it: whether they succeed, nobody here will know.
  if (begun && !(await begun)) return notRepeated(call, intent, { ...intent, state: 'unknown', result: null })
  try {
    const result = asResult(await attempts(call, callId, run, ledger.idempotencyKey(call.effectKey)), call, run)
    const completed = ledger.complete(call.effectKey, result)
    if (completed) await completed
    return result
  } catch (error) {
    if (error instanceof StopError || error instanceof StoreError) throw error
    if (known || isOutcomeUnknown(error)) return `Error: ${call.tool.name} failed: ${inWords(error)}. ${unknownOutcome}`
    const withdrawn = ledger.withdraw(call.effectKey)
    if (withdrawn) await withdrawn
    return `Error: ${call.tool.name} was not executed: ${inWords(error)}.`
  }
}

function intentOf({ effectKey, arguments: args }: PreparedCall, callId: string, { step }: TaskRun): Intent {
  return { effectKey, argumentsText: canonicalJson(args), place: { step, callId } }
}

/** All attempts of a call, before the eyes of the observer, where the agent has one. */
function attempts(call: PreparedCall, callId: string, run: TaskRun, idempotencyKey: string | null): Promise<unknown> {
  const { name, description } = call.tool
  const about = { step: run.step, callId, tool: name, description, arguments: call.arguments }
  return observed(
    () => run.settings.observer?.toolCall?.(about),
    () => retried(call, run, idempotencyKey),
  )
}

function retried(call: PreparedCall, run: TaskRun, idempotencyKey: string | null): Promise<unknown> {
  const rule = retryRule(run, (error) => run.parts.toolRetry(error, call.tool))
  const { shared, settings, signal: around } = run
  const timeoutMs = call.tool.timeoutMs ?? settings.timeouts.toolMs
  return withRetry(rule, async (attempt) => {
    if (attempt > 1 && shared.budget?.take() === false) throw new BudgetSpentError()
    const result = await withDeadline(call.tool.name, timeoutMs, around, (signal) =>
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

function notRepeated(call: PreparedCall, { place }: Intent, known: KnownEffect): string {
  const isTheSameCall = known.place.step === place.step && known.place.callId === place.callId
  // A run that was taken up again: its model has not heard of the result yet.
  if (known.state === 'done' && isTheSameCall) return known.result
  const what = `Error: this ${call.tool.name} was already requested in this task and is not executed again.`
  return known.state === 'done' ? `${what} Its result was: ${known.result}` : `${what} ${unknownOutcome}`
}

/** The result as the model is told it, within the limit of its tool. */
function asResult(result: unknown, { tool }: PreparedCall, { settings }: TaskRun): string {
  return limitedResult(
    resultText(result),
    tool.resultLimitChars === undefined ? settings.resultLimitChars : tool.resultLimitChars,
  )
}

/** The back end's own words help the model to correct its call; a page of HTML does not. */
function inWords(error: unknown): string {
  if (error instanceof ToolHttpError) {
    const detail = error.body.trim().startsWith('<') ? '' : error.body.trim().slice(0, 200)
    return detail ? `${error.message}: ${detail}` : error.message
  }
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
}
