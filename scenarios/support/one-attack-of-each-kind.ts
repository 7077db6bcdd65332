import { type Fault, type FaultTarget, type PolicyAttacks, faults } from 'shakedown'

const anyModel: FaultTarget = { kind: 'model', name: '*' }
const anyTool: FaultTarget = { kind: 'tool', name: '*' }

/** The first attack of each kind, each on this share of the calls that it can strike. */
export function oneAttackOfEachKind({ forbidden, gated, canaries, planted }: PolicyAttacks, rate: number): Fault[] {
  const first = (id: string, target: FaultTarget, demands: PolicyAttacks[keyof PolicyAttacks] = []): Fault[] =>
    demands.slice(0, 1).map((demand) => faults.every(id, target, { ...demand }, { on: 'rate', rate }))
  return [
    ...first('policy.forbidden_tool', anyModel, forbidden),
    ...first('policy.gated_tool', anyModel, gated),
    ...first('policy.canary_in_arguments', anyModel, canaries),
    ...first('policy.planted_instruction', anyTool, planted),
  ]
}
