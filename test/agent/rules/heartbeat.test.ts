import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { heartbeatParameter, withHeartbeat } from '../../../src/agent/rules/heartbeat.ts'
import type { ToolRule } from '../../../src/agent/rules/tool-rule.ts'
import { Approvals } from '../../../src/agent/policy/approvals.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { asks, ok, says } from '../chat-replies.ts'
import type { Call } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'
import type { RigOptions } from '../rig.ts'

const done = says('Done.')
const args = { orderId: 'A-1001' }
const quiet: Call = { name: 'look_up_order', args }
const beating: Call = { name: 'look_up_order', args: { ...args, request_heartbeat: true } }
const refund: Call = { name: 'issue_refund', args, id: 'call_2' }

async function runBeating(rig: RigOptions, rules: ToolRule[] = []) {
  const options: Partial<AgentOptions> = { continuation: 'heartbeat', rules, ...rig.options }
  const ran = await runAgent({ ...rig, options })
  const body = (index: number) => JSON.parse(ran.model.seen[index]?.text ?? '{}')
  return { ...ran, body }
}

describe('a run that goes on by heartbeats', () => {
  it('offers the argument with each tool, and requires it', async () => {
    const { body } = await runBeating({ model: [done] })
    for (const { function: tool } of body(0).tools) {
      expect(tool.parameters.properties[heartbeatParameter].type).toBe('boolean')
      expect(tool.parameters.required).toEqual(['orderId', heartbeatParameter])
    }
  })

  it('offers it in the words of Anthropic too', async () => {
    const { model } = await runAgent({ model: [done], provider: 'anthropic', options: { continuation: 'heartbeat' } })
    const body = JSON.parse(model.seen[0]?.text ?? '{}')
    expect(body.tools[0].input_schema.required).toEqual(['orderId', heartbeatParameter])
  })

  it('ends after calls that do not ask for one', async () => {
    const { outcome, model, back } = await runBeating({ model: [asks([quiet])], back: [ok({})] })
    expect(outcome).toEqual({ answer: null, stop: 'end_turn' })
    expect(model.seen).toHaveLength(1)
    expect(back.seen).toHaveLength(1)
  })

  it('goes on after a call that does, whose tool hears nothing of it', async () => {
    const call = { ...refund, args: { ...args, request_heartbeat: 'True' } }
    const { outcome, back, messages } = await runBeating({ model: [asks([call]), done], back: [ok({})] })
    expect(outcome).toEqual({ answer: 'Done.', stop: 'end_turn' })
    expect(JSON.parse(back.seen[0]?.text ?? '')).toEqual(args)
    expect(messages(1).at(-1)?.content).toBe('{}')
  })

  it('goes on where one of several calls asks', async () => {
    const { model } = await runBeating({
      model: [asks([{ ...beating, id: 'a' }, refund]), done],
      back: [ok({}), ok({})],
    })
    expect(model.seen).toHaveLength(2)
  })

  it('does an effect once, whatever the argument says', async () => {
    const again = { ...refund, args: { ...args, request_heartbeat: true }, id: 'call_3' }
    const { back, results } = await runBeating({ model: [asks([refund, again]), done], back: [ok({}), ok({})] })
    expect(back.seen).toHaveLength(1)
    expect(results()[1]?.content).toMatch(/already requested in this task/)
  })

  it.each<[string, Call]>([
    ['there is no such tool', { name: 'fly', args: {} }],
    ['its arguments do not fit', { name: 'look_up_order', args: { order: 'A-1001' } }],
    ['its arguments cannot be read', { name: 'look_up_order', args: '{"orderId":' }],
  ])('tells the model of a call that was not executed: %s', async (_case, call) => {
    const { outcome, model } = await runBeating({ model: [asks([call]), done] })
    expect(outcome).toEqual({ answer: 'Done.', stop: 'end_turn' })
    expect(model.seen).toHaveLength(2)
  })

  it('tells the model of a call that failed', async () => {
    const { model, messages } = await runBeating({ model: [asks([quiet]), done], back: [{ status: 404, body: '{}' }] })
    expect(model.seen).toHaveLength(2)
    expect(messages(1).at(-1)?.content).toMatch(/failed/)
  })

  it('tells the model of a second call under the same id', async () => {
    const twice = asks([
      { ...quiet, id: 'same' },
      { ...refund, id: 'same' },
    ])
    const { model, messages } = await runBeating({ model: [twice, done], back: [ok({})] })
    expect(model.seen).toHaveLength(2)
    expect(messages(1).at(-1)?.content).toMatch(/another call had the same id/)
  })

  it('reads the wish of arguments that were mended', async () => {
    const fenced = { ...quiet, args: '```json\n{"orderId":"A-1001","request_heartbeat":true}\n```' }
    const { model, back } = await runBeating({
      model: [asks([fenced]), done],
      back: [ok({})],
      options: { repairArguments: 'all_tools' },
    })
    expect(back.seen).toHaveLength(1)
    expect(model.seen).toHaveLength(2)
  })
})

describe('a call that waits for an approval', () => {
  it.each([
    [true, 'Done.'],
    [false, null],
  ])('is asked about without its wish, which holds when it is taken up: %s', async (wish, answer) => {
    const store = memoryStore()
    const call = { ...refund, args: { ...args, request_heartbeat: wish } }
    const options = { store, policy: { gated: ['issue_refund'] } }
    const first = await runBeating({ model: [asks([call])], options })
    expect(first.outcome).toEqual({ answer: null, stop: 'requires_approval' })
    const approvals = new Approvals(store)
    const [request] = await approvals.pending()
    expect(request?.argumentsText).toBe(JSON.stringify(args))
    await approvals.approve(request?.id ?? '')
    const again = await runBeating({ model: [done], back: [ok({})], options })
    expect(again.outcome).toEqual({ answer, stop: 'end_turn' })
    expect(again.back.seen).toHaveLength(1)
  })
})

describe('rules and heartbeats, in their order of precedence', () => {
  const both = (first: Call, second: Call) => ({ model: [asks([first]), asks([second]), done], back: [ok({}), ok({})] })

  it('a violated rule goes on without being asked', async () => {
    const { model } = await runBeating(both(refund, quiet), [{ kind: 'run_first', tool: 'look_up_order' }])
    expect(model.seen).toHaveLength(2)
  })

  it('a terminal tool ends the run, with tool_rule where the model wanted more, and is not offered the argument', async () => {
    const rules: ToolRule[] = [{ kind: 'terminal', tool: 'look_up_order' }]
    const wanting = await runBeating({ model: [asks([beating])], back: [ok({})] }, rules)
    expect(wanting.outcome).toEqual({ answer: null, stop: 'tool_rule' })
    const [lookUp, issueRefund] = wanting.body(0).tools
    expect(lookUp.function.parameters.required).toEqual(['orderId'])
    expect(issueRefund.function.parameters.required).toEqual(['orderId', heartbeatParameter])
    const content = await runBeating({ model: [asks([quiet])], back: [ok({})] }, rules)
    expect(content.outcome).toEqual({ answer: null, stop: 'end_turn' })
  })

  it('a tool with children goes on without being asked', async () => {
    const { model } = await runBeating(both(quiet, refund), [
      { kind: 'child', tool: 'look_up_order', children: ['issue_refund'] },
    ])
    expect(model.seen).toHaveLength(2)
  })

  it('so does a continue tool', async () => {
    const { model } = await runBeating(both(quiet, refund), [{ kind: 'continue', tool: 'look_up_order' }])
    expect(model.seen).toHaveLength(2)
  })

  it('and a required tool that has not run', async () => {
    const { model, messages } = await runBeating(both(quiet, refund), [
      { kind: 'required_before_exit', tool: 'issue_refund' },
    ])
    expect(model.seen).toHaveLength(2)
    expect(messages(1).at(-1)?.content).toMatch(/before these tools have run: issue_refund/)
  })

  it('the last step overrides all of it', async () => {
    const { outcome, back } = await runBeating({ model: [asks([quiet])], options: { maxSteps: 1 } }, [
      { kind: 'continue', tool: 'look_up_order' },
    ])
    expect(outcome).toEqual({ answer: null, stop: 'max_steps' })
    expect(back.seen).toHaveLength(0)
  })
})

describe('the argument', () => {
  const tool = (parameters: z.ZodObject) =>
    defineTool({ name: 'note', description: 'Notes.', parameters, effectful: false, execute: async () => 'noted' })

  it('must not be one of the tool itself', async () => {
    const clash = tool(z.object({ request_heartbeat: z.boolean() }))
    await expect(runBeating({ model: [], tools: [clash] })).rejects.toThrow(
      'The agent cannot start: option "tools" is wrong (must have no argument "request_heartbeat" of their own where the model asks for heartbeats, and "note" has one); correct it and retry.',
    )
    await expect(runAgent({ model: [done], tools: [clash] })).resolves.toBeDefined()
  })

  it('changes nothing about the rest, for any arguments', () => {
    const wishes: unknown[] = [true, 'true', 'True', 'TRUE']
    const plain = tool(z.looseObject({}))
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.oneof(fc.constantFrom(...wishes), fc.jsonValue()),
        (rest, wish) => {
          const inner = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== heartbeatParameter))
          const prepared = withHeartbeat(plain, true).prepare(JSON.stringify({ ...inner, [heartbeatParameter]: wish }))
          const alone = plain.prepare(JSON.stringify(inner))
          if (!('call' in prepared) || !('call' in alone)) throw new Error('any object fits')
          expect(prepared.call.arguments).toEqual(alone.call.arguments)
          expect(prepared.call.effectKey).toBe(alone.call.effectKey)
          expect(prepared.call.requestsHeartbeat).toBe(wishes.includes(wish))
        },
      ),
    )
  })
})
