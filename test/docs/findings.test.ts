import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeToken } from '../../src/scenario/replay-token.ts'
import { shakedown } from '../cli/_shakedown.ts'

const folder = new URL('../../docs/findings/', import.meta.url)

const tokens = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/npx shakedown replay (\S+)/g)].map(([, token = '']) => ({
      file,
      token,
      property: decodeToken(token).property,
    })),
  )

describe('the pages of findings', () => {
  it('replay what they tell of', () => {
    expect(tokens.length).toBeGreaterThanOrEqual(15)
  })

  it.each(tokens)('$file: the replay line still violates $property', { timeout: 120_000 }, ({ token }) => {
    const { exitCode, stdout, stderr } = shakedown(['replay', token])
    expect(exitCode, stdout.slice(0, 500) + stderr).toBe(1)
  })
})
