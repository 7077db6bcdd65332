/** What msw and nock share, however many copies of their interceptors a process has: a registry by symbol. */
const registryName = '__MSW_INTERCEPTORS_REGISTRY'
const httpSource = Symbol.for('node-http-request-source')

/**
 * How many interceptions listen to the HTTP requests of this process.
 *
 * nock listens from the moment it is imported until `nock.restore()`.
 */
export function requestListeners(): number {
  const registry: unknown = Reflect.get(globalThis, registryName)
  const source: unknown = registry instanceof Map ? registry.get(httpSource) : undefined
  if (typeof source !== 'object' || source === null || !('listenerCount' in source)) return 0
  const { listenerCount } = source
  return typeof listenerCount === 'function' ? Number(listenerCount.call(source, 'request')) : 0
}
