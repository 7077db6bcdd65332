import { describe, expect, it } from 'vitest'
import { asks, ok, says } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'
import type { RigOptions } from '../rig.ts'
import type { ToolRule } from '../../../src/agent/rules/tool-rule.ts'

const done = says('Done.')
const args = { orderId: 'A-1001' }
const lookUp = { name: 'look_up_order', args }
const refund = { name: 'issue_refund', args }

async function runUnder(rules: ToolRule[], rig: RigOptions) {
  const ran = await runAgent({ ...rig, options: { rules, ...rig.options } })
  const body = (index: number) => JSON.parse(ran.model.seen[index]?.text ?? '{}')
  const offered = (index: number) =>
    (body(index).tools ?? []).map((tool: { function: { name: string } }) => tool.function.name)
  return { ...ran, body, offered }
}

describe('a tool rule', () => {
  it('run_first: the first call is forced, and then the model is free', async () => {
    const { outcome, body, offered } = await runUnder([{ kind: 'run_first', tool: 'look_up_order' }], {
      model: [asks([lookUp]), done],
      back: [ok({})],
    })
    expect(outcome).toEqual({ answer: 'Done.', stop: 'end_turn' })
    expect(offered(0)).toEqual(['look_up_order'])
    expect(body(0).tool_choice).toEqual({ type: 'function', function: { name: 'look_up_order' } })
    expect(offered(1)).toEqual(['look_up_order', 'issue_refund'])
    expect(body(1)).not.toHaveProperty('tool_choice')
  })

  it('run_first: another call runs nothing, and the model is told what may run', async () => {
    const { outcome, back, messages } = await runUnder([{ kind: 'run_first', tool: 'look_up_order' }], {
      model: [asks([refund]), asks([lookUp]), done],
      back: [ok({})],
    })
    expect(outcome.stop).toBe('end_turn')
    expect(messages(1).at(-1)?.content).toBe(
      'Error: issue_refund was not executed: a tool rule forbids it at this point; the tools that may run now are look_up_order.',
    )
    expect(back.seen.map(({ path }) => path)).toEqual(['/orders/A-1001'])
  })

  it('child: only the child may follow', async () => {
    const { back, offered } = await runUnder([{ kind: 'child', tool: 'look_up_order', children: ['issue_refund'] }], {
      model: [asks([lookUp]), asks([lookUp]), asks([refund]), done],
      back: [ok({}), ok({})],
    })
    expect(offered(1)).toEqual(['issue_refund'])
    expect(back.seen.map(({ path }) => path)).toEqual(['/orders/A-1001', '/refunds'])
  })

  it('parent_only: the child waits for its parent, in one reply too', async () => {
    const { back, offered } = await runUnder(
      [{ kind: 'parent_only', tool: 'look_up_order', children: ['issue_refund'] }],
      { model: [asks([refund]), asks([lookUp, { ...refund, id: 'call_2' }]), done], back: [ok({}), ok({})] },
    )
    expect(offered(0)).toEqual(['look_up_order'])
    expect(back.seen.map(({ path }) => path)).toEqual(['/orders/A-1001', '/refunds'])
  })

  it('conditional: the result decides, and a call in the same reply comes too early', async () => {
    const rule: ToolRule = {
      kind: 'conditional',
      tool: 'look_up_order',
      field: 'state',
      byResult: { lost: 'issue_refund' },
      otherwise: 'look_up_order',
    }
    const { back, offered, messages } = await runUnder([rule], {
      model: [asks([lookUp, { ...refund, id: 'call_2' }]), asks([lookUp]), asks([refund]), done],
      back: [ok({ state: 'sent' }), ok({ state: 'lost' }), ok({})],
    })
    expect(messages(1).at(-1)?.content).toMatch(/the result of look_up_order decides/)
    expect(offered(1)).toEqual(['look_up_order'])
    expect(offered(2)).toEqual(['issue_refund'])
    expect(back.seen).toHaveLength(3)
  })

  it('terminal: the task ends with it, and nothing behind it in the reply runs', async () => {
    const { outcome, back, model } = await runUnder([{ kind: 'terminal', tool: 'issue_refund' }], {
      model: [asks([refund, { ...lookUp, id: 'call_2' }]), done],
      back: [ok({}), ok({})],
    })
    expect(outcome).toEqual({ answer: null, stop: 'tool_rule' })
    expect(back.seen.map(({ path }) => path)).toEqual(['/refunds'])
    expect(model.seen).toHaveLength(1)
  })

  it('required_before_exit: neither an answer nor a terminal tool ends the task before it has run', async () => {
    const { outcome, messages, model } = await runUnder(
      [
        { kind: 'required_before_exit', tool: 'look_up_order' },
        { kind: 'terminal', tool: 'issue_refund' },
      ],
      { model: [done, asks([refund]), asks([{ ...lookUp, id: 'call_2' }]), done], back: [ok({}), ok({})] },
    )
    expect(messages(1).at(-1)).toEqual({
      role: 'user',
      content: 'The task is not done before these tools have run: look_up_order.',
    })
    expect(messages(2).at(-1)?.content).toMatch(/before these tools have run: look_up_order/)
    expect(outcome).toEqual({ answer: 'Done.', stop: 'end_turn' })
    expect(model.seen).toHaveLength(4)
  })

  it('required_before_exit: the last step overrides it', async () => {
    const { outcome, model } = await runUnder([{ kind: 'required_before_exit', tool: 'look_up_order' }], {
      model: [done, done, done],
      options: { maxSteps: 2 },
    })
    expect(outcome).toEqual({ answer: null, stop: 'max_steps' })
    expect(model.seen).toHaveLength(2)
  })

  it('maximum_count: so many calls run, those of one reply counted', async () => {
    const other = { ...lookUp, args: { orderId: 'A-1002' } }
    const { back, offered, messages } = await runUnder([{ kind: 'maximum_count', tool: 'look_up_order', count: 2 }], {
      model: [asks([lookUp, { ...other, id: 'call_2' }, { ...other, id: 'call_3' }]), done],
      back: [ok({}), ok({}), ok({})],
    })
    expect(back.seen).toHaveLength(2)
    expect(offered(1)).toEqual(['issue_refund'])
    expect(messages(1).at(-1)?.content).toMatch(/the tools that may run now are issue_refund/)
  })

  it.each([
    ['approved' as const, 1, 'end_turn'],
    ['denied' as const, 0, 'end_turn'],
    ['pending' as const, 0, 'requires_approval'],
  ])('requires_approval: %s', async (decision, runs, stop) => {
    const { outcome, back } = await runUnder([{ kind: 'requires_approval', tool: 'issue_refund' }], {
      model: [asks([refund]), done],
      back: [ok({})],
      options: { policy: { approve: async () => decision } },
    })
    expect(outcome.stop).toBe(stop)
    expect(back.seen).toHaveLength(runs)
  })
})

describe('a model that must call a tool', () => {
  it('is told so, and ends the task with no_tool_call where it does not', async () => {
    const { outcome, body } = await runUnder([], { model: [done], options: { toolCalls: 'required' } })
    expect(outcome).toEqual({ answer: null, stop: 'no_tool_call' })
    expect(body(0).tool_choice).toBe('required')
  })
})

describe('a model that cannot write a call', () => {
  const wrong = asks([{ name: 'issue_refund', args: '{"orderId":' }])
  const unknown = asks([{ name: 'fly', args: {} }])

  it('ends the task after so many replies in a row', async () => {
    const { outcome, model } = await runUnder([], {
      model: [wrong, unknown, done],
      options: { maxInvalidReplies: 2 },
    })
    expect(outcome).toEqual({ answer: null, stop: 'invalid_tool_call' })
    expect(model.seen).toHaveLength(2)
  })

  it('begins anew after a call that can be made', async () => {
    const { outcome } = await runUnder([], {
      model: [wrong, asks([lookUp]), unknown, done],
      back: [ok({})],
      options: { maxInvalidReplies: 2 },
    })
    expect(outcome.stop).toBe('end_turn')
  })
})

describe('options', () => {
  it('name a rule on a tool that there is not', async () => {
    await expect(runUnder([{ kind: 'terminal', tool: 'fly' }], { model: [] })).rejects.toThrow(
      /option "rules" is wrong \(must name tools that there are, and there is no fly\)/,
    )
  })

  it('want an approver where a tool requires approval', async () => {
    await expect(runUnder([{ kind: 'requires_approval', tool: 'issue_refund' }], { model: [] })).rejects.toThrow(
      /option "policy\.approve" is wrong/,
    )
  })
})
