import type { ApiKey, KeySource } from '../../../../src/agent/operations/keys/api-key.ts'
import { jsonReply } from '../../../../src/wire/reply.ts'
import type { Upstream } from '../../../../src/wire/upstream.ts'

/** A service that takes only some keys, and quotes those that it refuses. */
export interface Lock {
  readonly valid: Set<string>
  /** The key of each request, in order. */
  readonly seen: string[]
  readonly behind: (upstream: Upstream) => Upstream
}

export function lockedBy(...valid: readonly string[]): Lock {
  const lock = { valid: new Set(valid), seen: [] as string[] }
  const behind = (upstream: Upstream): Upstream => ({
    ...upstream,
    handle(request, view, context) {
      const headers = request.headers?.()
      const key = headers?.get('x-api-key') ?? headers?.get('authorization')?.replace('Bearer ', '') ?? ''
      lock.seen.push(key)
      if (lock.valid.has(key)) return upstream.handle(request, view, context)
      const error = { message: `Incorrect API key provided: ${key}.`, type: 'invalid_request_error', code: 'invalid' }
      return jsonReply(401, { error }, { 'x-request-id': `for ${key}` })
    },
  })
  return { ...lock, behind }
}

export const keyOf = (number: number): string => `sk-live-${number}-0123456789abcdefghij`

/** A source of keys by number; each rotation takes 50 ms and lets `lock` take the new key instead of the old. */
export function numberedKeys(lock: Lock, lifeMs?: number): KeySource & { readonly rotations: string[] } {
  const rotations: string[] = []
  const key = (): ApiKey => ({
    value: keyOf(rotations.length + 1),
    ...(lifeMs === undefined ? {} : { expiresAtMs: Date.now() + lifeMs }),
  })
  return {
    rotations,
    current: async () => key(),
    rotate: async ({ reason }) => {
      rotations.push(reason)
      await new Promise((resolve) => setTimeout(resolve, 50))
      lock.valid.clear()
      lock.valid.add(keyOf(rotations.length + 1))
      return key()
    },
  }
}
