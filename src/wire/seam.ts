/**
 * Where a call can be interfered with: on its way over HTTP, at the wrapper of a function in the agent's own process, or
 * at a file that it keeps.
 */
export type Seam = 'http' | 'function' | 'file'
