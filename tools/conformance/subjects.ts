import type { Fault } from '../../src/contract/fault.ts'
import type { AnyMember } from '../../src/faults/catalogue-member.ts'
import { catalogue } from '../../src/faults/catalogue.ts'
import type { SampleCall } from '../../src/faults/samples/sample-call.ts'
import { struckSample } from '../../src/faults/samples/wire-shape.ts'
import { type Client, axiosClient, fetchClient, nodeClient } from './plain-clients.ts'
import { hasSdk, helperClient, sdkClient } from './sdk-clients.ts'

/** The clients of the table, in the order of its columns. */
export const clientNames = ['SDK', 'SDK helper', 'fetch', 'node:http', 'axios'] as const

export type ClientName = (typeof clientNames)[number]

export const clients: Readonly<Record<ClientName, Client>> = {
  SDK: sdkClient,
  'SDK helper': helperClient,
  fetch: fetchClient,
  'node:http': nodeClient,
  axios: axiosClient,
}

/** A member of the catalogue and the call that it is shown on. */
export interface Subject {
  readonly member: AnyMember
  readonly sample: SampleCall
  readonly clients: readonly ClientName[]
}

export const seed = 'conformance'
export const secrets = [{ name: 'canary', value: 'canary-7f3a', mayReach: [] }]

/** Every member that strikes a sample call over HTTP, with the clients that make such a call. */
export async function subjects(): Promise<readonly Subject[]> {
  const found = await Promise.all(
    catalogue.map(async (member): Promise<Subject | null> => {
      const sample = await struckSample(member)
      if (sample === undefined || (sample.upstream().seam ?? 'http') !== 'http') return null
      return { member, sample, clients: clientNames.filter((name) => makes(name, sample)) }
    }),
  )
  return found.filter((subject) => subject !== null)
}

/** The fault with its defaults, on the first call of the sample's upstream. */
export function faultOf({ member, sample }: Subject, name: string): Fault {
  const { kind } = sample.upstream()
  return { id: member.id, target: { kind, name }, trigger: { on: 'nth', n: 1 }, parameters: {} }
}

function makes(name: ClientName, { request: { url, body } }: SampleCall): boolean {
  if (name === 'SDK') return hasSdk(url)
  return name !== 'SDK helper' || (hasSdk(url) && body.includes('"stream":true'))
}
