/**
 * Where a call can be interfered with: on its way over HTTP, at the wrapper of a function in the agent's own process, at a
 * file that it keeps, or as a message of MCP over a pipe, which is stdio or a transport within the process. A synchronous function is one whose caller does not wait: nothing about it can take time.
 */
export type Seam = 'http' | 'function' | 'synchronous function' | 'file' | 'pipe'

/** Functions of the agent's own process, whether their callers wait or not. */
export const anyFunction: readonly Seam[] = ['function', 'synchronous function']
