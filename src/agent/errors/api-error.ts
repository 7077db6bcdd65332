import * as anthropic from '@anthropic-ai/sdk'
import * as openAi from 'openai'

/** What an SDK raises for an error answer or an error frame, in one form for all providers. */
export interface ApiError {
  /** HTTP status; null for an error frame inside a stream. */
  readonly status: number | null
  readonly headers: Headers | null
  /** The words of the provider for the kind of error, its finer code first. */
  readonly codes: readonly string[]
  readonly message: string
}

/** Reads the error of an SDK; null where it is none of an answer. */
export function apiErrorOf(error: unknown): ApiError | null {
  if (isConnectionError(error) || isUserAbort(error)) return null
  if (error instanceof openAi.APIError) return inOneForm(error, [error.code, error.type])
  if (error instanceof anthropic.APIError) return inOneForm(error, [error.errorCode, error.type])
  return null
}

/** Whether an SDK gave a call up without an answer, a timer of its own included. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof openAi.APIConnectionError || error instanceof anthropic.APIConnectionError
}

/** Whether the timer of an SDK ended a call. */
export function isSdkTimeout(error: unknown): boolean {
  return error instanceof openAi.APIConnectionTimeoutError || error instanceof anthropic.APIConnectionTimeoutError
}

/** Whether an SDK ended a call because its signal was aborted. */
export function isUserAbort(error: unknown): boolean {
  return error instanceof openAi.APIUserAbortError || error instanceof anthropic.APIUserAbortError
}

function inOneForm(
  error: { readonly status: unknown; readonly headers: unknown; readonly message: string },
  codes: readonly unknown[],
): ApiError {
  const { status, headers, message } = error
  return {
    status: typeof status === 'number' ? status : null,
    headers: headers instanceof Headers ? headers : null,
    // Some providers put a number there, whatever the types of the SDK say.
    codes: codes.filter((code) => typeof code === 'string' || typeof code === 'number').map(String),
    message,
  }
}
