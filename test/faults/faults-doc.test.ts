import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { faultsDocUrl, renderFaultsDoc } from '../../tools/generate-faults-doc.ts'

it('the page on faults says what the code says; run node tools/generate-faults-doc.ts', async () => {
  expect(readFileSync(faultsDocUrl, 'utf8')).toBe(await renderFaultsDoc())
})
