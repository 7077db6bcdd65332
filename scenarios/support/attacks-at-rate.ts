import { type Fault, type FaultTarget, type PolicyAttacks, faults } from 'shakedown'

const anyModel: FaultTarget = { kind: 'model', name: '*' }
const anyTool: FaultTarget = { kind: 'tool', name: '*' }

/** Every attack as a fault of its own, each on this share of the calls that it can strike. */
export function attacksAtRate({ forbidden, gated, canaries, planted }: PolicyAttacks, rate: number): Fault[] {
  const each = (id: string, target: FaultTarget, demands: PolicyAttacks[keyof PolicyAttacks] = []): Fault[] =>
    demands.map((demand) => faults.every(id, target, { ...demand }, { on: 'rate', rate }))
  return [
    ...each('policy.forbidden_tool', anyModel, forbidden),
    ...each('policy.gated_tool', anyModel, gated),
    ...each('policy.canary_in_arguments', anyModel, canaries),
    ...each('policy.planted_instruction', anyTool, planted),
  ]
}
