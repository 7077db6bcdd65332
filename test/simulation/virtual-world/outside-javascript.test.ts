import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const program = new URL('../_real-io.ts', import.meta.url).pathname
const repetitions = 100
let results: Record<string, string[]> = {}

beforeAll(async () => {
  const options = ['--disable-warning=ExperimentalWarning', program, String(repetitions)]
  const { stdout } = await promisify(execFile)(process.execPath, options)
  results = JSON.parse(stdout)
}, 120_000)

/** The real work came before a virtual timer of one millisecond, every single time, and left nothing in flight. */
function expectWaitedFor(...names: string[]): void {
  for (const name of names) expect([name, results[name]]).toEqual([name, ['work before timer']])
}

describe('work outside JavaScript is waited for before time moves', () => {
  it('file reads, in every form', () => {
    expectWaitedFor('fs.promises.readFile', 'fs.readFile', 'fs.createReadStream', 'fs.promises.stat')
  })

  it('zlib, also where its input is corrupt', () => {
    expectWaitedFor('zlib.gzip', 'zlib.brotliCompress', 'zlib.gunzip of garbage', 'zlib stream', 'DecompressionStream')
  })

  it('crypto.subtle, and the rest of crypto', () => {
    expectWaitedFor('crypto.subtle.digest', 'crypto.subtle.deriveBits', 'crypto.scrypt')
    expectWaitedFor('crypto.scryptSync', 'crypto.sign')
  })

  it('WebAssembly, compiled and instantiated', () => {
    expectWaitedFor('WebAssembly.compile', 'WebAssembly.instantiate')
  })

  it('dynamic imports', () => expectWaitedFor('import()'))

  it('blobs, forms and immediates', () => expectWaitedFor('Blob.arrayBuffer', 'Response of a form', 'setImmediate'))
})
