import * as fc from 'fast-check'
import { validateXML } from 'xmllint-wasm'
import { junitFaults } from '../junit/_junit-schema.ts'
import { document } from './_document.ts'
import { faultsOf, harmless, xmlFiles } from './_renderings.ts'
import { anyTexts, filled } from './_texts.ts'

/** Files that libxml2 is given at a time. */
const atOnce = 50

/**
 * Fills every free text of a run with what attackers write, so many times, and reads each rendering with the parsers of
 * others.
 *
 * @throws {Error} with the smallest texts that do something, and what they do
 */
export async function holdHostile(inputs: number): Promise<void> {
  const like = await harmless(filled(document, { texts: ['calm words'], long: null }).told)
  let junit: string[] = []
  let badges = new Set<string>()
  const readXml = async (): Promise<void> => {
    const faults = junit.length === 0 ? [] : await junitFaults(...junit)
    const drawn = [...badges].map((contents, index) => ({ fileName: `${index}.svg`, contents }))
    const { errors } = drawn.length === 0 ? { errors: [] } : await validateXML({ xml: drawn, normalization: 'c14n' })
    junit = []
    badges = new Set()
    if (faults.length + errors.length > 0)
      throw new Error([...faults, ...errors.map((each) => each.rawMessage)].join('\n'))
  }
  const property = fc.asyncProperty(anyTexts, async (texts) => {
    const { told, fields } = filled(document, texts)
    const faults = await faultsOf(told, fields, like)
    if (faults.length > 0) throw new Error(faults.slice(0, 10).join('\n'))
    const files = xmlFiles(told)
    junit.push(files.junit)
    for (const badge of files.badges) badges.add(badge)
    if (junit.length >= atOnce) await readXml()
  })
  await fc.assert(property, { numRuns: inputs })
  await readXml()
}
