import type { Attempt } from './attempt-ledger.ts'

/** Whether an ended attempt leaves its caller with the choice to retry: it failed, or nobody knows. */
export function didNotSucceed({ class: outcome }: Attempt): boolean {
  return outcome === 'failure' || outcome === 'indeterminate'
}
