import { expect, it } from 'vitest'
import { sightsInProcess } from '../../tools/conformance/in-process.ts'
import { recordedConformance } from '../../tools/generate-conformance.ts'

it('every client sees in a simulated world what was recorded; run node tools/generate-conformance.ts', async () => {
  expect(await sightsInProcess()).toEqual(recordedConformance().inProcess)
}, 120_000)
