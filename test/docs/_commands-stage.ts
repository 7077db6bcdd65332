import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readResults } from '../../src/results/read-results.ts'
import { service } from '../cli/_service.ts'
import { scratchFolder } from '../cli/_shakedown.ts'
import { chatRequest, chatService } from '../proxy/_chat-service.ts'

const root = join(import.meta.dirname, '../..')
const main = join(root, 'src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

/** What a command came to, with everything it printed. */
export interface Ended {
  /** Null for one that was ended once it had said its first line. */
  readonly exitCode: number | null
  readonly printed: string
}

/** A project in which every command of the documentation can be typed as it stands. */
export interface Stage extends AsyncDisposable {
  type(command: string): Promise<Ended>
}

/** Commands that go on until they are told to end. */
const lasting = /^shakedown (?:proxy|record|mcp-shim) |--watch/

/** A server over stdio that answers every request with nothing. */
const server = `
process.stdin.setEncoding('utf8').on('data', (text) => {
  for (const line of text.split('\\n').filter(Boolean)) {
    const { id } = JSON.parse(line)
    if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: {} }) + '\\n')
  }
})
`
/** What the job of a pull request says, for commands that write to it. */
const jobOfHost = { GITHUB_REPOSITORY: 'acme/agent', GITHUB_REF: 'refs/pull/12/merge', GITHUB_TOKEN: 'secret' }

const plans = {
  'plan.json': { id: 'openai.500', target: { kind: 'model', name: '*' } },
  'mcp-plan.json': { id: 'mcp.slow', target: { kind: 'mcp', name: '*' } },
}

/** Sets the project up: two scenarios, one of which has a finding, their results, and a provider that can be reached. */
export async function openStage(): Promise<Stage> {
  const project = scratchFolder()
  const provider = await chatService()
  const host = await service(() => ({ status: 200, body: [] }))
  Object.assign(jobOfHost, { GITHUB_API_URL: host.origin, SHAKEDOWN_WEBHOOK: host.origin })
  const { path } = project
  for (const example of ['refund-agent', 'order-desk'])
    cpSync(join(root, 'examples', example), path, { recursive: true })
  cpSync(join(root, 'examples'), join(path, 'examples'), { recursive: true })
  // The commands are tried here and not the agents: a fifth of the trials has the finding too.
  for (const file of globSync('**/*.scenario.ts', { cwd: path }).map((name) => join(path, name)))
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(/(?<=trials: )[\d_]+/g, (count) => `${Number(count.replace('_', '')) / 5}`),
    )
  mkdirSync(join(path, 'node_modules'))
  symlinkSync(join(root, 'node_modules/openai'), join(path, 'node_modules/openai'))
  for (const [name, fault] of Object.entries(plans)) {
    writeFileSync(join(path, name), JSON.stringify({ faults: [{ ...fault, trigger: { on: 'nth', n: 9 } }] }))
  }
  writeFileSync(join(path, 'orders-server.js'), server)
  const type = (command: string): Promise<Ended> => {
    const words = wordsOf(standIns(command, path, provider.origin))
    return lasting.test(command) ? untilItSpeaks(words, path) : untilItEnds(words, path)
  }
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.test', '-c', 'commit.gpgsign=false']
  for (const words of ['init --initial-branch=main', 'add -A', 'commit -m first'])
    execFileSync('git', [...author, ...words.split(' ')], { cwd: path, stdio: 'ignore' })
  await type('shakedown run')
  for (const folder of ['baseline', 'new', 'earlier'])
    cpSync(join(path, 'reports/latest'), join(path, folder), { recursive: true })
  return {
    type,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]()
      await host[Symbol.asyncDispose]()
      project[Symbol.dispose]()
    },
  }
}

/** Puts what a reader has in the place of what a page cannot know. */
function standIns(command: string, path: string, provider: string): string {
  const file = join(path, 'reports/latest/results.json')
  const finding = /sd1\.eyJ…| R4$/.test(command)
    ? readResults(readFileSync(file, 'utf8'), file).scenarios.flatMap(({ findings }) => findings)[0]
    : undefined
  return (
    command
      .replace('sd1.eyJ…', finding?.token ?? '')
      .replace(/ R4$/, ` ${finding?.property}`)
      .replace('<results.json>', 'reports/latest/results.json')
      .replace('https://api.openai.com', provider)
      .replace(/(?<=mcp-shim .*)plan\.json/, 'mcp-plan.json')
      // Between two jobs, artifacts are carried into a folder of their own each.
      .replace(/(?<=--shard (\d)\/4 --out )shard$/, 'shards/shard-$1')
      .replace(/(\S+)\/\*$/, (_, folder: string) =>
        readdirSync(join(path, folder))
          .map((name) => `${folder}/${name}`)
          .join(' '),
      )
      .replace(/ …$/, '')
  )
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].slice(1).map(([, quoted, plain]) => quoted ?? plain ?? '')
}

function start(words: readonly string[], cwd: string): ChildProcess {
  const { NODE_OPTIONS: _options, NODE_ENV: _environment, ...inherited } = process.env
  // The stage is a reader's machine, also where a CI service runs this.
  const env = { ...inherited, CI: '', NO_COLOR: '1', OPENAI_AUTHORIZATION: 'Bearer sk-test', ...jobOfHost }
  return spawn(process.execPath, [...flags, main, ...words], { cwd, env, stdio: 'pipe' })
}

async function untilItEnds(words: readonly string[], cwd: string): Promise<Ended> {
  const child = start(words, cwd)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (printed += text.toString()))
  await once(child, 'close')
  return { exitCode: child.exitCode, printed }
}

/** Speaks to it first where that is what it waits for, and makes a call through it where it takes some. */
async function untilItSpeaks(words: readonly string[], cwd: string): Promise<Ended> {
  const child = start(words, cwd)
  child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`)
  let refusal = ''
  child.stderr?.on('data', (text: Buffer) => (refusal += text.toString()))
  const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]()
  const first = (await lines.next()).value
  // The first address of a recorder is its provider's.
  const address = first?.match(/http:\/\/127\.0\.0\.1:\d+/g)?.at(-1)
  if (words[0] === 'record' && address !== undefined) {
    await fetch(`${address}/v1/chat/completions`, { method: 'POST', body: chatRequest('hello', false) })
    await lines.next()
  }
  if (first !== undefined) child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return { exitCode: child.exitCode, printed: first ?? refusal }
}
