import { usageError } from '../../contract/errors.ts'
import type { ProxiedService } from './proxy-server.ts'

/**
 * Reads what `--upstream` names: a URL, or `name=URL` for one among several.
 *
 * @param port of the first; each one after it has the next, and 0 means any that is free
 * @throws {ShakedownError} of kind `usage` naming the value
 */
export function parseServices(given: readonly string[], dialect: string, port: number): ProxiedService[] {
  const services = given.map((text, index) => {
    const [, name, url = text] = /^([A-Za-z][\w.-]*)=(.*)$/s.exec(text) ?? []
    if (name === undefined && given.length > 1) throw nameless(text)
    return { name: name ?? 'upstream', origin: originOf(url), dialect, port: port === 0 ? 0 : port + index }
  })
  const names = services.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return services
  throw usageError('UPSTREAM_NAME', `two upstreams are called "${twice}"; give each a name of its own.`)
}

function originOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    throw usageError(
      'UPSTREAM_URL',
      `the upstream at ${url.host} is given with credentials, and the proxy holds none; leave them to the client.`,
    )
  }
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  if (isOrigin) return url
  const found = JSON.stringify(text.split('?')[0])
  throw usageError(
    'UPSTREAM_URL',
    `${found} is no origin of a service; give scheme, host and port alone, like https://api.openai.com, and leave the path to the client.`,
  )
}

function nameless(text: string): Error {
  return usageError(
    'UPSTREAM_NAME',
    `of several upstreams each needs a name, and ${JSON.stringify(text.split('?')[0])} has none; write name=URL.`,
  )
}
