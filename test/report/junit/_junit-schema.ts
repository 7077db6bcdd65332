import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'

const schema = readFileSync(join(import.meta.dirname, '../../fixtures/published-schemas/junit-10.xsd'), 'utf8')

/** What libxml2 has against documents by the published schema; empty where it takes all of them. */
export async function junitFaults(...documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: [schema], maxMemoryPages: 16_384 })
  return errors.map(({ rawMessage }) => rawMessage)
}
