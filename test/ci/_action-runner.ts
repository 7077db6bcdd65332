import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'

/** A step of a composite action, as far as ours has it. */
export interface Step {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
  readonly shell?: string
  readonly 'working-directory'?: string
}

/** A composite action. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

/** What a workflow gives to the action, and where the services that outlive a job keep their things. */
export interface Job {
  readonly workspace: string
  readonly services: string
  readonly github: Readonly<Record<string, unknown>>
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** What a job came to. */
export interface JobResult {
  readonly exitCode: number
  readonly summary: string
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  /** Steps that were not skipped. */
  readonly ran: readonly string[]
}

type Contexts = Readonly<Record<string, unknown>>

/** Runs a composite action as far as a machine can: its scripts as they are, and stand-ins for cache and artifacts. */
export function runAction(action: Action, job: Job): JobResult {
  const files = mkdtempSync(join(job.services, 'job-'))
  const outputs: Record<string, { outputs: Record<string, string> }> = {}
  const contexts: Record<string, unknown> = { github: job.github, steps: outputs }
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, fill(input.default ?? '', contexts)])
  contexts['inputs'] = { ...(Object.fromEntries(defaults) as object), ...job.inputs }
  let [exitCode, log] = [0, '']
  const ran: string[] = []
  for (const step of action.runs.steps) {
    // A step without a condition of its own runs as long as nothing has failed.
    if (exitCode !== 0 || (step.if !== undefined && fill(step.if, contexts) !== 'true')) continue
    ran.push(step.name)
    if (step.uses !== undefined) {
      serve(step.uses, withContexts(step.with, contexts), job)
      continue
    }
    const output = join(files, `output-${ran.length}`)
    writeFileSync(output, '')
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''],
      {
        cwd: join(job.workspace, fill(step['working-directory'] ?? '.', contexts)),
        env: {
          ...process.env,
          GITHUB_ACTIONS: 'true',
          CI: 'true',
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: join(files, 'summary'),
          ...job.env,
          ...withContexts(step.env, contexts),
        },
        encoding: 'utf8',
      },
    )
    log += stdout + stderr
    exitCode = status ?? -1
    if (step.id !== undefined) outputs[step.id] = { outputs: readOutputs(output) }
  }
  const summary = join(files, 'summary')
  const values = Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value, contexts)])
  return {
    exitCode,
    log,
    ran,
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    outputs: Object.fromEntries(values) as Record<string, string>,
  }
}

/** Puts values in the place of expressions; what is not there is empty, as on GitHub. */
function fill(text: string, contexts: Contexts): string {
  return String(text).replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => inWords(evaluate(expression, contexts)))
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Paths with dots and dashes, strings, `==`, `!=`, `!`, `&&` and `||` mean the same in JavaScript, nearly. */
function evaluate(expression: string, contexts: Contexts): unknown {
  const script = expression.replaceAll(/'[^']*'|[a-z][\w-]*(?:\.[\w-]+)+/g, (part) => {
    if (part.startsWith("'")) return part
    const [first = '', ...rest] = part.split('.')
    return `(${first}${rest.map((name) => `?.[${JSON.stringify(name)}]`).join('')} ?? '')`
  })
  return runInNewContext(script, { ...contexts })
}

function withContexts(values: Readonly<Record<string, string>> = {}, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value, contexts)]))
}

function readOutputs(path: string): Record<string, string> {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

/** Stands in for the actions of GitHub: a cache and a store of artifacts that are folders. */
function serve(uses: string, given: Readonly<Record<string, string>>, { services, workspace }: Job): void {
  const [name = ''] = uses.split('@')
  const { path = '', key = '' } = given
  const here = join(workspace, path)
  const cache = join(services, 'cache')
  mkdirSync(cache, { recursive: true })
  if (name === 'actions/cache/save') cpSync(here, join(cache, key), { recursive: true })
  else if (name === 'actions/cache/restore') {
    const prefix = given['restore-keys'] ?? key
    const [latest] = readdirSync(cache)
      .filter((one) => one.startsWith(prefix))
      .toSorted()
      .toReversed()
    if (latest === undefined) return
    mkdirSync(dirname(here), { recursive: true })
    cpSync(join(cache, latest), here, { recursive: true })
  } else if (name === 'actions/upload-artifact') {
    cpSync(path, join(services, 'artifacts', given['name'] ?? ''), { recursive: true })
  } else if (name !== 'actions/setup-node') throw new Error(`the action uses ${name}, which has no stand-in`)
}
