/** The titles of a PDF's outline, in its order: what a reader of the tags is led by. */
export function outlineOf(pdf: string): string[] {
  const objects = new Map(
    [...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n(<<[\s\S]*?)\nendobj/g)].map(([, id, body = '']) => [id, body]),
  )
  const root = /\/Outlines (\d+) 0 R/.exec(pdf)?.[1]
  const titles = (id: string | undefined): string[] => {
    const body = id === undefined ? undefined : objects.get(id)
    if (body === undefined) return []
    return [titleOf(body), ...titles(linkOf(body, 'First')), ...titles(linkOf(body, 'Next'))]
  }
  return titles(linkOf(objects.get(root) ?? '', 'First')).map((title) => title.replace(/\s+/g, ' ').trim())
}

function linkOf(body: string, name: string): string | undefined {
  return new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1]
}

/** In Latin letters as they are, otherwise in UTF-16 as hexadecimal digits. */
function titleOf(body: string): string {
  const digits = /\/Title <([0-9A-Fa-f\s]*)>/.exec(body)?.[1]?.replace(/\s/g, '')
  if (digits !== undefined) return Buffer.from(digits.replace(/^FEFF/i, ''), 'hex').swap16().toString('utf16le')
  return /\/Title \(((?:[^()\\]|\\.)*)\)/.exec(body)?.[1]?.replace(/\\(.)/g, '$1') ?? ''
}
