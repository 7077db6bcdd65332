/**
 * The wall clock at virtual time zero: 2026-01-01T00:00:00Z, in milliseconds since the Unix epoch.
 *
 * Fixed, so that every date an agent sees or a server sends is the same in every run.
 */
export const epochMs: number = Date.UTC(2026, 0, 1)
