import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { type ModelCassette, modelCassetteSchema } from './model-cassette-schema.ts'

const remedy = 'record it anew with `shakedown record`'

/** Files already parsed: upstreams are made for each trial, and a cassette does not change during a run. */
const filesRead = new Map<string, readonly [place: string, cassette: ModelCassette]>()

/**
 * Reads a model cassette, with the words that name it.
 *
 * @throws {ShakedownError} of kind `usage` where it cannot be read or is none
 */
export function readModelCassette(file: string | URL): readonly [place: string, cassette: ModelCassette] {
  const path = resolve(file instanceof URL ? fileURLToPath(file) : file)
  const known = filesRead.get(path)
  if (known !== undefined) return known
  const place = `model cassette ${path}`
  const read = [place, parseInput(modelCassetteSchema, readJson(path, place), place, remedy)] as const
  filesRead.set(path, read)
  return read
}

function readJson(path: string, place: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw usageError('CASSETTE', `${place} could not be read (${String(error)}); name a file that can.`, error)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError('CASSETTE', `${place} is no JSON (${String(error)}); ${remedy}.`, error)
  }
}
