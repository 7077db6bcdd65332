import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { scenarioLine } from '../../src/runner/scenario-line.ts'

it('is the line at which the scenario is named where it is made', () => {
  const source = `import { scenario } from 'shakedown'\n// 'refunds' is below\nexport default scenario('refunds', {\n})\n`
  expect(scenarioLine(source, 'refunds')).toBe(3)
  expect(scenarioLine(source.replace("scenario('refunds'", 'scenario(\n  "refunds"'), 'refunds')).toBe(3)
})

it('is the line of the name, or of the call, where the scenario is made elsewhere', () => {
  expect(scenarioLine(`import a from 'b'\r\n\r\nexport default supportScenario('refunds')`, 'refunds')).toBe(3)
  expect(scenarioLine('const name = made()\nexport default scenario(name, {})', 'refunds')).toBe(2)
  expect(scenarioLine('export { default } from "./other.ts"', 'refunds')).toBe(1)
})

it('takes any name as it is, and gives a line of the text', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', '(', '[', '\\', '$', '.', '\n', '\r', "'", '*', '{') })
  fc.assert(
    fc.property(anyText, anyText, (source, name) => {
      const line = scenarioLine(source, name)
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(source.split(/\r\n|[\n\r]/).length)
      expect(scenarioLine(`\n\nscenario('${name}')`, name)).toBe(3)
    }),
  )
})
