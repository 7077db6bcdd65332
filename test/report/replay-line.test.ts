import { expect, it } from 'vitest'
import { replayLine } from '../../src/report/replay-line.ts'

it('gives a token as it is', () => {
  expect(replayLine('eyJ2IjoxfQ_-.~')).toBe('npx shakedown replay eyJ2IjoxfQ_-.~')
})

it('quotes what a shell would read as more than one word', () => {
  expect(replayLine("x'; rm -rf *")).toBe("npx shakedown replay 'x'\\''; rm -rf *'")
})
