/**
 * The URL of a module beside the calling one, as source or as built.
 *
 * Needed where a path is handed to a new thread or process, which no compiler rewrites.
 *
 * @param name without extension, e.g. `./worker-main`
 * @param from the caller's `import.meta.url`
 */
export function siblingModule(name: string, from: string): URL {
  return new URL(`${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from)
}
