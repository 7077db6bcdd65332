/** How fast a streamed reply comes; whole virtual milliseconds. */
export interface StreamPace {
  /** From the headers to the first chunk, which carries the role alone; default 0: the two come together. */
  readonly firstChunkMs?: number
  /** Between two chunks; default 15, which at one token a chunk is 67 tokens a second. */
  readonly perChunkMs?: number
  /** Tokens of text or arguments in one chunk; default 1, as the service sends them. More make trials faster. */
  readonly tokensPerChunk?: number
}
