import type { Hunted } from './_hunted.ts'

export const breakerMutants: readonly Hunted[] = [
  {
    mutant: 'resilience/breaker-never-opens',
    property: 'B1',
    witness: /^5 failures in a row to "primary" ended .* so no call may begin before .* but call \d+ began/,
  },
  {
    mutant: 'resilience/breaker-opens-late',
    property: 'B1',
    witness: /^5 failures in a row to "primary" ended .* so no call may begin before .* but call \d+ began/,
  },
  {
    mutant: 'resilience/breaker-opens-early',
    property: 'B2',
    // Without a reason that would explain it, which B10 and B13 would give.
    witness: /refused a call .* but nothing had opened its breaker: at most 4 of 5 failures in a row had been seen$/,
  },
  { mutant: 'resilience/sends-during-cooldown', property: 'B3', witness: /so no call may begin before .* but call/ },
  {
    mutant: 'resilience/two-probes',
    property: 'B6',
    witness: /was half-open with call \d+ under way, of 1 at once, but call \d+ began at \S+ s$/,
  },
  {
    mutant: 'resilience/closes-on-a-straggler',
    property: 'B12',
    witness: /the success of a call admitted before the breaker opened closed it$/,
  },
  {
    mutant: 'resilience/closes-on-a-cancelled-probe',
    property: 'B11',
    seed: 2,
    witness: /it would be explained if a cancelled probe closed the breaker$/,
  },
  {
    mutant: 'resilience/wedges-on-a-hung-probe',
    property: 'B13',
    witness: /had to let a probe through from .* if a probe that never ended kept its permit$/,
  },
  {
    mutant: 'resilience/counts-400s',
    property: 'B10',
    witness: /nothing had opened its breaker: .* if calls that ended neutrally counted as failures$/,
  },
]

export const fallbackMutants: readonly Hunted[] = [
  {
    mutant: 'resilience/cached-as-primary',
    property: 'F3',
    witness: /answered ".* and claims it of source "primary", but that source gave no whole reply in this task/,
  },
  {
    mutant: 'resilience/cached-for-another-user',
    property: 'F4',
    witness:
      /from source "cache", but call \d+ .* made it .* for user "(reader-\d)", and not for user "(?!\1)reader-\d"/,
  },
  {
    mutant: 'resilience/fallback-out-of-order',
    property: 'F1',
    witness: /took its answer from source "cache" .* had asked source "simplified", which comes after it/,
  },
  {
    mutant: 'resilience/stale-beyond-its-limit',
    property: 'F5',
    seed: 2,
    witness: /from source "cache", but it was made at .* at the latest, .* before, .* declares at most 60\.000 s/,
  },
  {
    mutant: 'resilience/exhausted-as-success',
    property: 'F13',
    witness:
      /with reason "end_turn" and claims source "template", but (its only request|all \d+ requests) for that reply brought none/,
  },
]

export const bulkheadAndStreamMutants: readonly Hunted[] = [
  {
    mutant: 'resilience/keeps-the-slot-on-timeout',
    property: 'K3',
    witness:
      / and (sent its first call at \S+ s \(call \d+\)|ended without a call at \S+ s), but from \S+ s to \S+ s fewer than the 8 slots for "primary" can have been taken$/,
  },
  {
    mutant: 'resilience/half-a-tool-call',
    property: 'Z1',
    witness: /its stream ended .* without ever becoming whole/,
  },
]

export const supportMutants: readonly Hunted[] = [
  {
    mutant: 'support/retries-a-400',
    property: 'R3',
    witness: /was answered 400 .* and status 400 refuses the request itself/,
  },
  { mutant: 'support/ignores-retry-after', property: 'R4', witness: /with "retry-after.*so it must not try again/ },
  {
    mutant: 'support/retries-a-refund-after-a-timeout',
    property: 'L11',
    witness: /effect "issue_refund:.* was applied .* and again/,
  },
  {
    mutant: 'support/runs-a-forbidden-tool',
    property: 'P1',
    witness: /forbidden tool "delete_customer" was called/,
  },
  { mutant: 'support/drops-a-tool-result', property: 'L4', witness: /carries tool call .* without its result/ },
  { mutant: 'support/never-stops', property: 'L1', witness: /received model reply 13 .* at most 12 per task/ },
]
