/**
 * Where a call can be interfered with: on its way over HTTP, at the wrapper of a function in the agent's own process, or
 * at a file that it keeps. A synchronous function is one whose caller does not wait: nothing about it can take time.
 */
export type Seam = 'http' | 'function' | 'synchronous function' | 'file'

/** Functions of the agent's own process, whether their callers wait or not. */
export const anyFunction: readonly Seam[] = ['function', 'synchronous function']
