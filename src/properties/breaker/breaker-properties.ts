import type { DefinedProperty } from '../define-property.ts'
import { accounting, isolation, neutralInvariance, sharing } from './counting.ts'
import { cooldownBoundary, inFlightAtOpening, silence, throttle } from './open.ts'
import {
  equality,
  expiry,
  noEarlyOpening,
  opensOnThreshold,
  orderInsensitivity,
  resetOnClose,
  slowCalls,
} from './opening.ts'
import { persistence } from './persisting.ts'
import {
  cancelledProbe,
  failureReopens,
  hungProbe,
  legalTransitions,
  probeCap,
  recovery,
  stragglers,
  successCloses,
} from './probing.ts'
import { refusalIdentity, refusalNotRetried } from './refusing.ts'

/** The properties of circuit breakers, B1 to B26. */
export const breakerProperties: readonly DefinedProperty[] = [
  ...[opensOnThreshold, noEarlyOpening, silence, inFlightAtOpening, cooldownBoundary, probeCap, successCloses],
  ...[failureReopens, resetOnClose, neutralInvariance, cancelledProbe, stragglers, hungProbe, recovery],
  ...[legalTransitions, isolation, sharing, orderInsensitivity, slowCalls, expiry, equality],
  persistence,
  ...[refusalIdentity, refusalNotRetried, accounting, throttle],
]
