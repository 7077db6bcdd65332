import { readFileSync } from 'node:fs'
import { usageError } from '../../contract/errors.ts'
import { type FaultPlan, faultPlanSchema } from '../../contract/fault.ts'
import { parseInput } from '../../contract/parse.ts'

/**
 * Reads a fault plan from a file.
 *
 * @throws {ShakedownError} of kind `usage` where there is none, or what is there is none
 */
export function readPlan(file: string): FaultPlan {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw usageError('NO_PLAN', `there is no plan that can be read at ${file}; give the JSON file of one.`, error)
  }
  return parseInput(faultPlanSchema, parseJson(text), `the plan ${file}`, 'see docs/faults.md for what a plan is')
}

/** What is no JSON is no plan either, and the schema says so. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
