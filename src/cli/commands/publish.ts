import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import type { EvidencedDeclaration } from '../../objectives/accuracy-declaration.ts'
import { type Publication, preparePublication } from '../../objectives/prepare-publication.ts'
import { publishedName, readEvidenced } from '../../objectives/published-declarations.ts'
import { declaredRun, requireSameRun } from '../../results/declared-run.ts'
import { addToDeclarationsFolder, readDeclarationsFolder, readJson } from '../../runner/declarations-folder.ts'
import { realClock } from '../../simulation/real-clock.ts'
import { type Project, openProject } from '../open-project.ts'

const flagsSchema = z.strictObject({
  config: z.string().optional(),
  results: z.string().min(1).optional(),
  acceptRegression: z.string().trim().min(1, 'expected a reason').optional(),
})

/** `shakedown publish <draft>`: makes a draft a declaration that every run is held to. */
export function addPublishCommand(program: Command): void {
  program
    .command('publish')
    .description('publish a drafted accuracy declaration, which every run then checks; exit 1 if it promises less')
    .argument('<draft>', 'the file that `shakedown declare --out` has written')
    .option('--config <file>', 'the configuration, or its folder; default the nearest harness.config.ts upwards')
    .option('--results <file>', 'the results.json that it was drafted from, to count its evidence again')
    .option('--accept-regression <reason>', 'publish although it promises less than the version before, and record why')
    .action((draft: string, flags: unknown) => publish(draft, flags))
}

async function publish(file: string, rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown publish`', 'see `shakedown publish --help`')
  const project = await openProject({ config: flags.config })
  try {
    publishIn(project, file, flags)
  } finally {
    project[Symbol.dispose]()
  }
}

function publishIn({ root, config }: Project, file: string, flags: z.output<typeof flagsSchema>): void {
  const draft = readEvidenced(readJson(resolve(file), file), file)
  if (flags.results !== undefined) requireResults(draft, file, flags.results)
  const published = readDeclarationsFolder(root, config.declarations)
  const today = realClock.today()
  const acceptedRegression = flags.acceptRegression ?? null
  const publication = preparePublication({ draft, place: file, published, today, acceptedRegression })
  if (publication.kind === 'publish') {
    addToDeclarationsFolder(resolve(root, config.declarations), publication.declaration)
  }
  tell(publication, draft, `${config.declarations}/${publishedName(draft)}`)
}

function tell(publication: Publication, { agent, version, validUntil, measured }: EvidencedDeclaration, place: string) {
  const { stdout, stderr } = process
  switch (publication.kind) {
    case 'publish':
      stdout.write(
        `Published ${place}: every run of "${measured.scenario}" is held to it until ${validUntil}. Commit the file.\n`,
      )
      return
    case 'published':
      stdout.write(`Published already: ${place}.\n`)
      return
    case 'regressed':
      stderr.write(
        `shakedown: version ${version} of "${agent}" promises less than ${publication.before}, which is published: ${publication.regressions.join('; ')}; mend the agent, or say why with --accept-regression.\n`,
      )
      process.exitCode = 1
  }
}

/** The results may be at hand or not; where they are, the evidence is counted again from them. */
function requireResults(draft: EvidencedDeclaration, place: string, file: string): void {
  let text: string
  try {
    text = readFileSync(resolve(file), 'utf8')
  } catch (error) {
    throw usageError('NO_RESULTS', `there is no file ${file}; give the results.json that it was drafted from.`, error)
  }
  requireSameRun(draft, place, declaredRun(text, file, draft.measured.scenario))
}
