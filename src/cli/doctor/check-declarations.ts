import { ShakedownError } from '../../contract/errors.ts'
import type { EvidencedDeclaration } from '../../objectives/accuracy-declaration.ts'
import type { PublishedDeclaration } from '../../objectives/published-declarations.ts'
import { type Check, checking } from '../../results/doctor/check.ts'
import { validityCheck } from '../../results/doctor/declaration-checks.ts'
import type { Today } from '../../results/doctor/last-day-check.ts'
import { quantity } from '../../results/quantity.ts'
import { declarationNames, declarationsInForce, readDeclarationFile } from '../../runner/declarations-folder.ts'

/** What was found in the folder of declarations. */
export interface CheckedDeclarations {
  readonly checks: readonly Check[]
  /** Those that count today; none where the folder is not in order. */
  readonly inForce: readonly EvidencedDeclaration[]
}

/** Whether published declarations are what was published, follow each other without a gap, and still hold. */
export function checkDeclarations(root: string, folder: string, when: Today): CheckedDeclarations {
  const check = checking('declarations', folder)
  const published: PublishedDeclaration[] = []
  const problems: Check[] = []
  // Each file by itself: one that is broken must not hide another.
  for (const name of attempt(() => declarationNames(root, folder), problems) ?? []) {
    const read = attempt(() => readDeclarationFile(root, folder, name), problems)
    if (read !== null) published.push(read)
  }
  if (problems.length > 0) return { checks: problems, inForce: [] }
  const inForce = attempt(() => declarationsInForce(published, when.today), problems)
  if (inForce === null) return { checks: problems, inForce: [] }
  const found =
    published.length === 0 ? 'none is published' : `${quantity(published.length, 'version')}, none changed or missing`
  return {
    checks: [
      check.ok(found),
      ...inForce.map((declaration) => validityCheck(declaration, placeOf(declaration, published), when)),
    ],
    inForce,
  }

  function attempt<Value>(what: () => Value, failures: Check[]): Value | null {
    try {
      return what()
    } catch (error) {
      if (!ShakedownError.is(error)) throw error
      failures.push(check.failed(error))
      return null
    }
  }
}

function placeOf(declaration: EvidencedDeclaration, published: readonly PublishedDeclaration[]): string {
  return published.find((one) => one.declaration === declaration)?.place ?? declaration.agent
}
