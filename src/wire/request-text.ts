import type { NetworkRequest } from '../simulation/network.ts'

/** A request in one text: equal for calls that say the same to the same place. */
export function requestText({ method, url, body }: Pick<NetworkRequest, 'method' | 'url' | 'body'>): string {
  return `${method} ${url} ${body}`
}
