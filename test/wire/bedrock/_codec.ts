import { createRequire, registerHooks } from 'node:module'
import type * as eventStreamCodec from '@smithy/eventstream-codec'

/**
 * Tests run under the condition `module`, for which this package has modules for bundlers that name no extensions, and
 * Node cannot load those: it is loaded without.
 */
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, { ...context, conditions: context.conditions.filter((name) => name !== 'module') }),
})
const { EventStreamCodec } = createRequire(import.meta.url)('@smithy/eventstream-codec') as typeof eventStreamCodec
hooks.deregister()

/** The official codec. */
export const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes instanceof Uint8Array ? bytes : '').toString(),
  (text) => Buffer.from(text),
)
