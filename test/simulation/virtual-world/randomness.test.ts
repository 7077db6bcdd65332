import '../_install.ts'
import crypto, { randomBytes, randomFill, randomFillSync, randomInt, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { inWorld } from '../_world.ts'

const capturedRandom = Math.random

/** What a draw gives under a seed, drawn twice in one world. */
async function drawn(draw: () => unknown, seed: string): Promise<unknown> {
  const run = await inWorld(async () => [await draw(), await draw()], { seed })
  expect(run.error).toBeUndefined()
  return run.value
}

/** The same seed gives the same, another seed or a second draw does not. */
async function expectSeeded(draw: () => unknown): Promise<void> {
  const once = (await drawn(draw, 'one')) as unknown[]
  expect(await drawn(draw, 'one')).toEqual(once)
  expect(await drawn(draw, 'other')).not.toEqual(once)
  expect(once[0]).not.toEqual(once[1])
}

const nodeMajor = Number(process.versions.node.split('.')[0])

describe('randomness in a world', () => {
  it('Math.random is seeded, also where it was captured early', async () => {
    await expectSeeded(() => Math.random())
    await expectSeeded(() => capturedRandom())
    expect(Math.random()).not.toBe(Math.random())
  })

  it('randomUUID is seeded, of Web and of Node crypto, and keeps its form', async () => {
    await expectSeeded(() => crypto.randomUUID())
    await expectSeeded(() => randomUUID())
    await expectSeeded(() => globalThis.crypto.randomUUID())
    const run = await inWorld(() => randomUUID())
    expect(run.value).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('randomUUIDv7 is seeded and carries virtual time, where Node has it', async () => {
    const uuidv7: (() => string) | undefined = Reflect.get(crypto, 'randomUUIDv7')
    if (uuidv7 === undefined) return expect(nodeMajor).toBeLessThan(24)
    await expectSeeded(() => uuidv7())
    const run = await inWorld(() => uuidv7())
    expect(run.value).toMatch(/^019b76da-a800-7[0-9a-f]{3}-[89ab]/)
  })

  it('randomBytes is seeded, at once and by callback', async () => {
    await expectSeeded(() => randomBytes(16).toString('hex'))
    await expectSeeded(async () => (await promisify(randomBytes)(16)).toString('hex'))
    const wrong = await inWorld(() => randomBytes(-1))
    expect(wrong.error).toMatchObject({ code: 'ERR_OUT_OF_RANGE' })
  })

  it('randomFill and randomFillSync are seeded, in every kind of view', async () => {
    await expectSeeded(() => randomFillSync(Buffer.alloc(8)).toString('hex'))
    await expectSeeded(() => new Uint8Array(randomFillSync(new ArrayBuffer(8) as unknown as Uint8Array<ArrayBuffer>)))
    await expectSeeded(() => randomFillSync(new DataView(new ArrayBuffer(8))).getBigUint64(0))
    await expectSeeded(
      async () => new Promise((resolve) => randomFill(Buffer.alloc(8), (_error, view) => resolve(view))),
    )
    const run = await inWorld(() => [...randomFillSync(new Uint16Array(4), 1, 2)])
    expect(run.value?.map((element) => element === 0)).toEqual([true, false, false, true])
  })

  it('randomInt is seeded, at once and by callback, and refuses what is no range', async () => {
    await expectSeeded(() => randomInt(1_000_000_000))
    await expectSeeded(() => randomInt(5, 1_000_000_000))
    await expectSeeded(
      async () => new Promise((resolve) => randomInt(1_000_000_000, (_error, drawn) => resolve(drawn))),
    )
    for (const bounds of [[0], [5, 5], [Number.NaN], [2 ** 49]] as [number, number?][]) {
      const run = await inWorld(() => (randomInt as (...bounds: unknown[]) => number)(...bounds))
      expect(run.error).toBeInstanceOf(Error)
    }
  })

  it('getRandomValues is seeded, of Web and of Node crypto, and refuses what it always refused', async () => {
    await expectSeeded(() => globalThis.crypto.getRandomValues(new Uint32Array(4)))
    await expectSeeded(() => crypto.getRandomValues(new Uint32Array(4)))
    const wrong = await inWorld(() => globalThis.crypto.getRandomValues(new Uint8Array(65_537)))
    expect(wrong.error).toMatchObject({ name: 'QuotaExceededError' })
  })

  it('key generation is real and reported as outside the world', async () => {
    const run = await inWorld(async () => {
      crypto.generateKeySync('hmac', { length: 64 })
      crypto.createECDH('secp256k1').generateKeys()
      await globalThis.crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt'])
    })
    expect(run).toMatchObject({ end: 'finished', inFlight: 0 })
    expect(run.outside).toEqual(['crypto.generateKeySync', 'crypto.ECDH.generateKeys', 'crypto.subtle.generateKey'])
  })
})
