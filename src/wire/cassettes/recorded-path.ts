/** Path and query as a cassette holds them: the names of the query, which may carry a key, without their values. */
export function recordedPath(url: string): string {
  const { pathname, searchParams } = new URL(url)
  const names = [...new Set(searchParams.keys())].toSorted()
  return names.length === 0 ? pathname : `${pathname}?${names.join('&')}`
}
