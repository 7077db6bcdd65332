// Races real work against a virtual timer of one millisecond, a hundred times each, and prints who came first.
// A program of its own, because a test runner loads modules in its own way.
import { installSimulation } from '../../src/simulation/install.ts'
import { interceptSockets } from '../../src/wire/transports/msw.ts'

interceptSockets()
installSimulation()

const { default: crypto } = await import('node:crypto')
const { default: fs } = await import('node:fs')
const { promisify } = await import('node:util')
const { default: zlib } = await import('node:zlib')
const { inWorld } = await import('./_world.ts')

const repetitions = Number(process.argv[2] ?? 100)
const self = new URL(import.meta.url)
const text = fs.readFileSync(self)
const zipped = zlib.gzipSync(text)
const wasm = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
const { compile, instantiate } = Reflect.get(globalThis, 'WebAssembly')
const key = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
let imports = 0

const works: Record<string, () => unknown> = {
  'fs.promises.readFile': () => fs.promises.readFile(self),
  'fs.readFile': () => promisify(fs.readFile)(self),
  'fs.createReadStream': () => fs.createReadStream(self).toArray(),
  'fs.promises.stat': () => fs.promises.stat(self),
  'zlib.gzip': () => promisify(zlib.gzip)(text),
  'zlib.brotliCompress': () => promisify(zlib.brotliCompress)(text),
  'zlib.gunzip of garbage': () => promisify(zlib.gunzip)(text).catch(() => {}),
  'zlib stream': () => fs.createReadStream(self).pipe(zlib.createGzip()).toArray(),
  DecompressionStream: () =>
    new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))).text(),
  'crypto.subtle.digest': () => crypto.subtle.digest('SHA-256', text),
  'crypto.subtle.deriveBits': async () => {
    const key = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
    return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: text, iterations: 100 }, key, 128)
  },
  'crypto.scrypt': () => promisify(crypto.scrypt)('password', 'salt', 16),
  'crypto.scryptSync': () => crypto.scryptSync('password', 'salt', 16),
  'crypto.sign': () => crypto.sign('sha256', text, key),
  'WebAssembly.compile': () => compile(wasm),
  'WebAssembly.instantiate': () => instantiate(wasm),
  'import()': () => import(`./_imported.ts?${imports++}`),
  'Blob.arrayBuffer': () => new Blob([text]).arrayBuffer(),
  'Response of a form': () => new Response(new URLSearchParams({ a: '1' })).formData(),
  setImmediate: () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve)))),
}

async function race(work: () => unknown): Promise<string> {
  const run = await inWorld(async () => {
    const order: string[] = []
    const tick = new Promise<void>((resolve) => setTimeout(() => resolve(void order.push('timer')), 1))
    await Promise.all([tick, Promise.resolve(work()).then(() => order.push('work'))])
    return order.join(' before ')
  })
  return run.inFlight === 0 && run.end === 'finished'
    ? String(run.value ?? run.error)
    : `${run.end} with ${run.inFlight} in flight`
}

const results: Record<string, string[]> = {}
for (const [name, work] of Object.entries(works)) {
  const seen = new Set<string>()
  for (let time = 0; time < repetitions; time++) seen.add(await race(work))
  results[name] = [...seen]
}
process.stdout.write(JSON.stringify(results))
