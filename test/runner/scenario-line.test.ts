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

it('is the line of what the file exports as its default, where a helper of another file makes and names it', () => {
  const head = `import { makeScenario } from './make.ts'\n// export default is below\n\n`
  expect(scenarioLine(`${head}export default makeScenario('timeout')`, 'desk with timeout')).toBe(4)
  expect(scenarioLine(`${head}export default mutant(\n  'timeout',\n)`, 'desk with timeout')).toBe(4)
  expect(scenarioLine(`${head}const desk = makeScenario(1)\n\nexport default desk;\n`, 'desk')).toBe(4)
  expect(scenarioLine(`${head}export const desk = makeScenario(1)\nexport default desk // ours\n`, 'desk')).toBe(4)
  expect(scenarioLine(`${head}const desk = makeScenario(1)\nexport { other, desk as default }`, 'desk')).toBe(4)
  expect(scenarioLine(`${head}export { desk as default } from './desk.ts'`, 'desk')).toBe(4)
  expect(scenarioLine(`${head}\nexport { default } from './desk.ts'`, 'desk')).toBe(5)
  expect(scenarioLine(`${head}const desk2 = 1\nfunction desk() {}\nexport default desk`, 'desk')).toBe(6)
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
