import type { GateRule } from './gate-rule.ts'
import type { RepeatGate } from './repeat-gate-schema.ts'

/** How a gate on each task judges one of them. */
export function repeatGateRule(gate: RepeatGate, missAlpha: number): GateRule {
  if (gate.gate === 'pass^k') return { kind: 'interval', level: gate.atLeast ** (1 / gate.k), missAlpha }
  if (gate.of === null) return { kind: 'interval', level: gate.atLeast, missAlpha }
  return { kind: 'count', needed: neededOf(gate.atLeast, gate.of), of: gate.of }
}

/** Successes that a share of a count asks for; 0.07 is not exact in binary, and of 100 it must be 7 and not 8. */
export function neededOf(atLeast: number, of: number): number {
  return Math.ceil(atLeast * of - 1e-9)
}
