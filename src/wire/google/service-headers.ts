/** The headers that Google's front end puts on every answer, as printed by curl in public issue threads. */
export function serviceHeaders(processingMs = 12): Record<string, string> {
  return {
    vary: 'Origin, X-Origin, Referer',
    server: 'scaffolding on HTTPServer2',
    'x-content-type-options': 'nosniff',
    'server-timing': `gfet4t7; dur=${processingMs}`,
  }
}
