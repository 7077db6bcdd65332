import type { RequestSent } from '../contract/event.ts'

/**
 * Whether a call is a statement on a file of the agent's own.
 *
 * That is no request to anybody: how often it is tried again is between the agent and the lock of the file, and a task
 * that was cancelled is written down as such.
 */
export function isFileStatement({ kind, url }: Pick<RequestSent, 'kind' | 'url'>): boolean {
  return kind === 'store' && url.startsWith('sqlite:')
}
