/** What of a table decides to which column a cell belongs; of a heading, its words. */
const parts = /<table[^>]*>|<\/thead>|<tr[^>]*>|<th scope="col"[^>]*>([^]*?)<\/th>|<t[hd](?=[ >])/g

/** Has a layout of its own in narrow windows. */
const apart = '<table class="timeline">'

/**
 * Writes the heading of its column into each cell of the tables of a page: in a narrow window a row becomes a block, in
 * which each cell has to say itself what it is.
 *
 * @param page of our own templates, in which every text is escaped already
 */
export function withCellLabels(page: string): string {
  let headings: string[] = []
  let isLabelled = true
  let isBody = false
  let column = 0
  return page.replaceAll(parts, (tag: string, heading?: string) => {
    if (heading !== undefined) headings.push(wordsOf(heading))
    else if (tag.startsWith('<table')) [headings, isBody, isLabelled] = [[], false, tag !== apart]
    else if (tag === '</thead>') isBody = isLabelled
    else if (tag.startsWith('<tr')) column = 0
    else if (isBody) {
      const label = headings[column++] ?? ''
      return tag === '<td' && label !== '' ? `<td data-label="${label}"` : tag
    }
    return tag
  })
}

/** The words of a heading, without its second line. */
function wordsOf(heading: string): string {
  const [words = ''] = heading.split(/<span class="(?:detail|brief)">/)
  return words.replaceAll(/<[^<>]*>/g, '')
}
