import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { propertiesDocUrl, renderPropertiesDoc } from '../../tools/generate-properties-doc.ts'

it('the page on properties says what the code says; run node tools/generate-properties-doc.ts', () => {
  expect(readFileSync(propertiesDocUrl, 'utf8')).toBe(renderPropertiesDoc())
})
