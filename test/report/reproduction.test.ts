import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts'
import { reproduction } from '../../src/report/reproduction.ts'
import { shellArgument } from '../../src/report/shell-argument.ts'
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts'
import { badDay, environment } from './_sample.ts'

const asked = { ...environment, command: ['run', 'support desk', '--seed', '7', '--trials', '1000'] }
const dirty = { ...asked, commit: `${environment.commit}-dirty` }
const line = `npx shakedown run 'support desk' --seed 7 --trials 1000`

describe('how to have a run again', () => {
  it('is one line, with the place and the commit, on the page and in Markdown', () => {
    expect(reproduction(badDay, asked)).toEqual({
      where: 'In the folder "packages/agent" of the repository, at commit 0123456789ab:',
      line,
      caveats: [],
    })
    expect(renderHtml(badDay, asked)).toContain(`<code>${line.replaceAll("'", '&#x27;')}</code>`)
    expect(renderMarkdown(badDay, asked)).toContain(`\`\`\`sh\n${line}\n\`\`\``)
  })

  it('says in words that the commit alone is not what was tested', () => {
    const [caveat = ''] = reproduction(badDay, dirty).caveats
    expect(caveat).toContain('files differed from that commit ("dirty")')
    const shown = [
      renderHtml(badDay, dirty),
      renderMarkdown(badDay, dirty),
      renderTerminal(badDay, { colour: false, columns: 100 }, null, dirty),
    ]
    for (const text of shown) {
      expect(text).toContain('0123456789ab with uncommitted changes')
      expect(text).not.toContain('-dirty')
    }
  })

  it('is said to be missing where nobody kept it, and is left out of a public edition', () => {
    expect(reproduction(badDay, environment)).toMatchObject({
      line: null,
      where: expect.stringContaining('without the'),
    })
    const edition = { name: 'public', full: 'a'.repeat(64), kept: [] } as const
    const page = renderHtml({ ...badDay, edition: { ...edition, kept: [] } }, null)
    expect(page).toContain('The command line is left out.')
  })

  it('reaches a shell word by word, whatever the words are', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const told = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellArgument).join(' ')}`], {
          encoding: 'utf8',
        })
        expect(told.split('\0').slice(0, -1)).toEqual(words)
      }),
      { numRuns: 40 },
    )
  })
})
