import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { harnessError, usageError } from '../contract/errors.ts'
import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import {
  type PublishedDeclaration,
  chainsOf,
  inForceOn,
  publishedName,
  readPublished,
} from '../objectives/published-declarations.ts'

/**
 * Reads every published declaration of a folder; none where the folder is not there.
 *
 * @param root what the folder is relative to
 * @throws {ShakedownError} of kind `usage` for a file that was changed after it was published, lies under another name, or
 * is no published declaration
 */
export function readDeclarationsFolder(root: string, folder: string): PublishedDeclaration[] {
  return declarationNames(root, folder).map((name) => readDeclarationFile(root, folder, name))
}

/**
 * The names of the declarations in a folder; none where it is not there.
 *
 * @throws {ShakedownError} of kind `usage` where it cannot be read
 */
export function declarationNames(root: string, folder: string): string[] {
  return namesIn(resolve(root, folder))
    .filter((name) => name.endsWith('.json'))
    .toSorted()
}

/**
 * Reads one published declaration.
 *
 * @throws {ShakedownError} of kind `usage` as {@link readDeclarationsFolder}
 */
export function readDeclarationFile(root: string, folder: string, name: string): PublishedDeclaration {
  const place = `${folder}/${name}`
  const declaration = readPublished(readJson(resolve(root, folder, name), place), place)
  const own = publishedName(declaration)
  if (own === name) return { place, declaration }
  throw usageError(
    'DECLARATION_NAME',
    `${place}: version ${declaration.version} of "${declaration.agent}" is published as ${own}; give the file that name.`,
  )
}

/** The version of each agent that counts on a day. */
export function declarationsInForce(published: readonly PublishedDeclaration[], today: string): EvidencedDeclaration[] {
  return [...chainsOf(published).values()].flatMap((chain) => inForceOn(chain, today)?.declaration ?? [])
}

/**
 * Puts a declaration into a folder, whole or not at all, and never over another file.
 *
 * @throws {ShakedownError} of kind `harness` where it cannot be written
 */
export function addToDeclarationsFolder(folder: string, declaration: EvidencedDeclaration): void {
  const place = join(folder, publishedName(declaration))
  const beside = join(folder, `.${publishedName(declaration)}.${process.pid}.new`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(beside, declarationText(declaration), { flush: true })
    // Unlike renaming, linking does not overwrite what somebody else has published in the meantime.
    linkSync(beside, place)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw harnessError(
      'NOT_WRITTEN',
      `the declaration could not be published as ${place} (${reason}), and nothing there was changed; mend that and publish it again.`,
      error,
    )
  } finally {
    rmSync(beside, { force: true })
  }
}

/** A declaration as its file holds it, with each interval on one line. */
export function declarationText(declaration: EvidencedDeclaration): string {
  return `${JSON.stringify(declaration, null, 2).replaceAll(/\[\s+([\d.e-]+),\s+([\d.e-]+)\s+\]/g, '[$1, $2]')}\n`
}

/**
 * Reads a JSON file.
 *
 * @param place of it, as errors name it
 * @throws {ShakedownError} of kind `usage` where it is not there or not JSON
 */
export function readJson(path: string, place: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw usageError('NO_FILE', `there is no file ${place} that can be read; give the path of a declaration.`, error)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError(
      'BAD_INPUT',
      `${place}: not JSON, found ${JSON.stringify(text.slice(0, 40))}; restore the declaration.`,
      error,
    )
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    const reason = error instanceof Error ? error.message : String(error)
    throw usageError(
      'DECLARATIONS_FOLDER',
      `the folder of declarations ${folder} cannot be read (${reason}); correct "declarations" in harness.config.ts.`,
      error,
    )
  }
}
