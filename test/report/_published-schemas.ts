import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'

/** What a JSON document has against itself by a published schema; empty where it keeps to it. */
export type Faults = (document: unknown) => string[]

const isUri = (text: string): boolean => URL.canParse(text)
/** No scheme, nothing that a URI may not hold: what remains is relative. */
const isReference = (text: string): boolean => isUri(text) || /^(?:[\w.~!$&'()*+,;=@/-]|%[\dA-F]{2})*$/i.test(text)

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    uri: isUri,
    'uri-reference': isReference,
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
    uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  },
})

export const sarifFaults = faultsBy('sarif-schema-2.1.0.json')
export const ctrfFaults = faultsBy('ctrf.schema.json')
const issueFaults = faultsBy('codeclimate.json')

/** GitLab checks issue by issue. */
export const codeQualityFaults: Faults = (document) =>
  Array.isArray(document) ? document.flatMap((issue) => issueFaults(issue)) : ['not an array']

function faultsBy(file: string): Faults {
  const text = readFileSync(join(import.meta.dirname, '../fixtures/published-schemas', file), 'utf8')
  // Of draft 4 the schema of SARIF uses only what draft 7 has under another name.
  const { $schema: _, id, ...schema } = JSON.parse(text)
  const validate = ajv.compile(id === undefined ? schema : { $id: id, ...schema })
  return (document) =>
    validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
