import { afterEach, describe, expect, it, vi } from 'vitest'
import { canBeWrittenOver, terminalOf } from '../../src/cli/terminal.ts'

afterEach(() => vi.unstubAllEnvs())

/** A stream with the size of a terminal, or a pipe. */
function stream(isTTY: boolean, columns?: number): NodeJS.WriteStream {
  return { isTTY, columns } as NodeJS.WriteStream
}

function env(values: Readonly<Record<string, string>>): void {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM', 'CI']) vi.stubEnv(name, values[name])
}

describe('what a stream can show', () => {
  it.each([
    ['a terminal', true, {}, true],
    ['a pipe', false, {}, false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['a pipe with FORCE_COLOR without a value', false, { FORCE_COLOR: '' }, true],
    ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['a terminal with FORCE_COLOR=false', true, { FORCE_COLOR: 'false' }, false],
    ['a terminal with both', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
    ['a dumb terminal with FORCE_COLOR', true, { TERM: 'dumb', FORCE_COLOR: '1' }, true],
    ['the terminal of a CI job', true, { CI: 'true' }, true],
  ])('has colours or not: %s', (_what, isTTY, values, colour) => {
    env(values)
    expect(terminalOf(stream(isTTY, 80))).toEqual({ colour, columns: 80 })
  })

  it.each([undefined, 0])('has a usual width where %s columns are told', (columns) => {
    env({})
    expect(terminalOf(stream(true, columns)).columns).toBe(100)
  })

  it.each([
    ['a terminal', true, {}, true],
    ['a pipe', false, {}, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
    ['the terminal of a CI job', true, { CI: 'true' }, false],
    ['a terminal with CI=false', true, { CI: 'false' }, true],
    ['a terminal without colours', true, { NO_COLOR: '1' }, true],
  ])('can be written over or not: %s', (_what, isTTY, values, isLive) => {
    env(values)
    expect(canBeWrittenOver(stream(isTTY))).toBe(isLive)
  })
})
