import { describe, expect, it } from 'vitest'
import { ShakedownError } from '../../src/contract/errors.ts'
import { armOutside } from '../../src/faults/arm-outside.ts'
import { catalogue } from '../../src/faults/catalogue.ts'
import { noInterference } from '../../src/wire/interference.ts'
import { fault } from './_strike.ts'

const kinds = { proxy: ['model', 'tool', 'mcp'], 'MCP shim': ['mcp'] } as const

/** The members that are taken for one of the kinds that there are. */
function taken(outside: 'proxy' | 'MCP shim'): string[] {
  return catalogue
    .filter(({ id, targets }) => {
      const kind = kinds[outside].find((one) => targets.includes(one)) ?? targets[0]
      if (kind === undefined) return false
      try {
        armOutside(outside, 'seed')({ faults: [fault(id, { kind, name: '*' })] })
        return true
      } catch (error) {
        if (!ShakedownError.is(error) || error.kind !== 'usage') throw error
        return false
      }
    })
    .map(({ id }) => id)
}

describe('outside a simulated world', () => {
  it('the proxy takes whatever strikes over HTTP and needs nothing of a world', () => {
    const ids = taken('proxy')
    expect(ids).toEqual(expect.arrayContaining(['openai.500', 'sse.stall', 'tool.error', 'mcp.session', 'gateway.503']))
    for (const family of ['process', 'clock', 'function failures', 'stores', 'memory failures']) {
      const members = catalogue.filter((member) => member.family === family)
      expect(members.filter(({ id }) => ids.includes(id)).map(({ id }) => id)).toEqual([])
    }
  })

  it('the MCP shim takes what can happen to messages over a pipe', () => {
    const ids = taken('MCP shim')
    const protocol = catalogue.filter(({ family, id, needs }) => family === 'MCP' && id !== 'mcp.session' && !needs)
    const slow = catalogue.filter(({ family }) => family === 'latency')
    const expected = [...protocol, ...slow].map(({ id }) => id)
    expect(ids.toSorted()).toEqual([...expected, 'net.reset', 'net.close'].toSorted())
  })

  it('a plan without faults interferes with nothing', () => {
    expect(armOutside('proxy', 'seed')({ faults: [] })).toBe(noInterference)
  })
})
