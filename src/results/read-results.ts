import { usageError } from '../contract/errors.ts'
import { parseInput } from '../contract/parse.ts'
import { type Environment, environmentSchema } from './environment-schema.ts'
import { type Results, resultsSchema } from './results-schema.ts'

const remedy = 'give a results.json that this version of Shakedown wrote'

/**
 * Reads the text of a `results.json`.
 *
 * @param place where the text came from, e.g. the path of the file
 * @throws {ShakedownError} of kind `usage` where it is not JSON, or not results of this version
 */
export function readResults(text: string, place: string): Results {
  return parseInput(resultsSchema, parseJson(text, place), place, remedy)
}

/**
 * Reads the text of an `environment.json`.
 *
 * @throws {ShakedownError} of kind `usage`, as {@link readResults}
 */
export function readEnvironment(text: string, place: string): Environment {
  return parseInput(environmentSchema, parseJson(text, place), place, remedy)
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError('BAD_INPUT', `${place}: not JSON, found ${JSON.stringify(text.slice(0, 40))}; ${remedy}.`, error)
  }
}
