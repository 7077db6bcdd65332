/** A request of the recorded service, and what of an answer must be equal whichever way it comes. */
export interface RecordedRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly type?: string
  readonly body?: string
}

export const origin = 'https://policies.kitchen.example'

const order = { method: 'POST', path: '/eligibility', type: 'application/json' } as const

/** In the order of the recording, but with the query and the JSON keys in another one. */
export const requests: readonly RecordedRequest[] = [
  { method: 'GET', path: '/policies?lang=en&category=cookware' },
  { ...order, body: '{ "items": [{ "count": 1, "sku": "pan-28" }], "orderId": "A-1001" }' },
  { ...order, body: '{"orderId":"A-1001","items":[{"sku":"pan-28","count":1}]}' },
  {
    method: 'POST',
    path: '/estimates',
    type: 'application/x-www-form-urlencoded',
    body: 'orderId=A-1001&reason=too+heavy',
  },
  { method: 'GET', path: '/terms.txt' },
  { method: 'GET', path: '/returns.html' },
  { method: 'GET', path: '/seal.png' },
  { method: 'GET', path: '/policies/retired' },
  { method: 'GET', path: '/policies/unknown' },
]

/** An answer, reduced to what must be equal. */
export interface ComparedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const hopByHop = ['connection', 'keep-alive', 'transfer-encoding']

export function compared(
  status: number,
  headers: Iterable<readonly [string, unknown]>,
  bytes: Uint8Array,
): ComparedAnswer {
  const kept = [...headers].filter(([name, value]) => !hopByHop.includes(name) && value !== undefined)
  const texts = kept.map(([name, value]) => [name, [value].flat().join(', ')] as const)
  return {
    status,
    headers: Object.fromEntries(texts.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    body: Buffer.from(bytes).toString('hex'),
  }
}

export function sentHeaders({ type }: RecordedRequest): Record<string, string> {
  return type === undefined ? {} : { 'content-type': type }
}
