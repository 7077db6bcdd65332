/** The releases the repository runs on, in words; the same rule as `engines` in package.json. */
export const needed = '22.20 or newer in its line, or 24 or newer'

/** Says whether a version as `process.version` prints it is one of them. */
export function supports(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 20)
}
