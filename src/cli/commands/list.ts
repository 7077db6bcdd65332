import { relative, sep } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import type { AnyMember } from '../../faults/catalogue-member.ts'
import { catalogue } from '../../faults/catalogue.ts'
import { wireShape } from '../../faults/samples/wire-shape.ts'
import { properties } from '../../properties/properties.ts'
import { printedJson } from '../../report/printed-json.ts'
import { printedText } from '../../report/printed-text.ts'
import { wrapText } from '../../report/terminal/wrap-text.ts'
import { quantity } from '../../results/quantity.ts'
import { dialects } from '../../wire/dialect.ts'
import { findScenarios } from '../find-scenarios.ts'
import { type Project, openProject } from '../open-project.ts'

const listings = { faults: listFaults, properties: listProperties, scenarios: listScenarios }

interface Row {
  readonly id: string
  readonly text: string
}

/** `shakedown list [faults|properties|scenarios]`: what there is, for people and programs. */
export function addListCommand(program: Command): void {
  program
    .command('list')
    .description('list what there is: faults, properties or scenarios')
    .argument('[what]', 'faults, properties or scenarios', 'scenarios')
    .option('--config <file>', 'the configuration, or its folder; default the nearest harness.config.ts upwards')
    .option('--json', 'print JSON')
    .action(async (what: string, { config, json }: { config?: string; json?: boolean }) => {
      const rows = await listingOf(what)(config)
      const { stdout } = process
      const columns = stdout.isTTY === true ? stdout.columns : Infinity
      stdout.write(json === true ? printedJson(rows) : printedText(`${rowLines(rows, columns).join('\n')}\n`))
    })
}

/** A line for each row, broken under its text on a terminal; elsewhere whole, for programs that read lines. */
function rowLines(rows: readonly Row[], columns: number): string[] {
  const width = Math.max(...rows.map(({ id }) => id.length)) + 2
  return rows.flatMap(({ id, text }) => {
    const [first = '', ...rest] = wrapText(text, ' '.repeat(width), columns)
    return [id.padEnd(width) + first.slice(width), ...rest]
  })
}

function listingOf(what: string): (config: string | undefined) => Promise<readonly Row[]> {
  if (what === 'faults' || what === 'properties' || what === 'scenarios') return listings[what]
  throw usageError('LIST', `there is no list of "${what}"; name faults, properties or scenarios.`)
}

function listFaults(): Promise<readonly Row[]> {
  return Promise.all(catalogue.map(describeFault))
}

/** A fault as programs read it: `wire` is what it makes of a sample call when no parameter is given. */
async function describeFault(member: AnyMember) {
  const { id, family, targets, summary, source, bookedOn, seams = ['http'], parameters } = member
  return {
    id,
    text: `${family}, on ${targets.join(' or ')}: ${summary}`,
    family,
    targets,
    dialects: member.dialects ?? (targets.includes('model') ? dialects : []),
    seams,
    summary,
    parameters: z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' }),
    wire: await wireShape(member),
    bookedOn,
    source,
  }
}

function listProperties(): Promise<readonly Row[]> {
  return Promise.resolve(
    properties.all.map(({ id, name, kind, statement }) => ({
      id,
      text: `${name}: ${statement}`,
      name,
      kind,
      statement,
    })),
  )
}

async function listScenarios(configFlag: string | undefined): Promise<readonly Row[]> {
  const project = await openProject({ config: configFlag })
  try {
    return await describeAll(project)
  } finally {
    project[Symbol.dispose]()
  }
}

async function describeAll({ root, config, pool }: Project): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const path of await findScenarios(root, config.scenarios, [])) {
    const file = relative(root, path).split(sep).join('/')
    const address = { path, file, seed: config.seed, blockedAfterMs: config.blockedAfterMs }
    const { name, trials, tasks } = await pool.run('describe', address)
    rows.push({ id: file, text: `${name}: ${quantity(tasks, 'task')}, ${quantity(trials, 'trial')}` })
  }
  return rows
}
