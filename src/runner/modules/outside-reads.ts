/** What a module may read beside the modules that it imports. */
export interface OutsideReads {
  /** Names of the variables of the environment that it reads. */
  readonly variables: readonly string[]
  /** By which part of Node it may read files, as the end of a sentence about it; null where it has none. */
  readonly reads: string | null
  /** Why nobody can tell what it depends on, as the end of a sentence about it; null where somebody can. */
  readonly unsure: string | null
}

/** Parts of Node by which a program reads what is in none of its modules. */
const readers = ['fs', 'fs/promises', 'child_process', 'cluster', 'module', 'sqlite', 'worker_threads']

const named = /\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s*(['"])(\w+)\2\s*\])/g

/** An import whose target is computed: after the transformation of Vite, anything but a literal. */
const computedImport = /__vite_ssr_dynamic_import__\(\s*(?!["'])/

/**
 * Looks a module over for what it reads beside its imports, without running it.
 *
 * In doubt it is unsure: a scenario that runs for nothing costs time, one that was wrongly left out costs trust.
 *
 * @param module its source, what the loader made of it, and what it imports
 */
export function outsideReads(module: {
  readonly source: string
  readonly code: string
  readonly imports: readonly string[]
}): OutsideReads {
  const { source, code, imports } = module
  const variables = [...source.matchAll(named)].map((match) => match[1] ?? match[3] ?? '')
  const reader = imports.map((one) => one.replace(/^node:/, '')).find((one) => readers.includes(one))
  return {
    variables: [...new Set(variables)].toSorted(),
    reads: reader === undefined ? null : `imports node:${reader}`,
    unsure: whyUnsure(source, code, imports),
  }
}

function whyUnsure(source: string, code: string, imports: readonly string[]): string | null {
  if (computedImport.test(code)) return 'imports a module whose name it computes'
  if (source.includes('import.meta.glob')) return 'imports modules by a pattern'
  if (source.includes('getBuiltinModule')) return 'takes parts of Node by name'
  const readsWhole = /\bprocess\.env\b/.test(source.replaceAll(named, ''))
  const takesApart = imports.some((one) => /^(node:)?process$/.test(one)) && /\benv\b(?<!process\.env)/.test(source)
  return readsWhole || takesApart ? 'reads variables of the environment whose names it computes' : null
}
