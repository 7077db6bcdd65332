import * as fc from 'fast-check'
import { validateXML } from 'xmllint-wasm'
import { junitFaults } from '../junit/_junit-schema.ts'
import { document } from './_document.ts'
import { faultsOf, harmless, inputOf } from './_renderings.ts'
import { anyTexts, calm, filled } from './_texts.ts'

/** Files that libxml2 is given at a time. */
const atOnce = 50

/**
 * Fills every free text of a run with what attackers write, so many times, and reads each rendering with the parsers of
 * others.
 *
 * @throws {Error} with the smallest texts that do something, and what they do
 */
export async function holdHostile(inputs: number): Promise<void> {
  const like = await harmless(filled(document, calm).told)
  let junit: string[] = []
  let pictures = new Set<string>()
  let held = 0
  const readXml = async (): Promise<void> => {
    const faults = junit.length === 0 ? [] : await junitFaults(...junit)
    const files = [...pictures].map((contents, index) => ({ fileName: `${index}.svg`, contents }))
    const { errors } = files.length === 0 ? { errors: [] } : await validateXML({ xml: files, normalization: 'c14n' })
    junit = []
    pictures = new Set()
    if (faults.length + errors.length > 0)
      throw new Error([...faults, ...errors.map((each) => each.rawMessage)].join('\n'))
  }
  const property = fc.asyncProperty(anyTexts, async (texts) => {
    const { told, fields } = filled(document, texts)
    const input = inputOf(told, fields, texts.isReadTwice)
    const faults = await faultsOf(input, like)
    if (faults.length > 0) throw new Error(faults.slice(0, 10).join('\n'))
    junit.push(input.junit)
    for (const picture of input.pictures) pictures.add(picture)
    if (junit.length >= atOnce) await readXml()
    held++
    // An hour without a word looks like one input that never ends.
    if (held % 1_000 === 0) process.stdout.write(`${held} of ${inputs} inputs\n`)
  })
  await fc.assert(property, { numRuns: inputs })
  await readXml()
}
