import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, it } from 'vitest'
import { findBrowser } from '../../../src/report/browser/find-browser.ts'
import { scratchFolder } from '../../cli/_shakedown.ts'

function programIn(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, 0o755)
  return path
}

it('takes what CHROME_PATH says before anything on the path', () => {
  using folder = scratchFolder()
  const own = programIn(folder.path, 'my-browser')
  const other = programIn(join(folder.path, 'bin'), 'chromium')
  expect(findBrowser({ CHROME_PATH: own, PATH: join(folder.path, 'bin') })).toBe(own)
  expect(findBrowser({ CHROME_PATH: '', PATH: join(folder.path, 'bin') })).toBe(other)
})

it('takes the first of its names on the path, and nothing that cannot be run', () => {
  using folder = scratchFolder()
  const [one, two] = [join(folder.path, 'one'), join(folder.path, 'two')]
  mkdirSync(join(one, 'chromium'), { recursive: true })
  const chrome = programIn(one, 'google-chrome')
  expect(findBrowser({ PATH: [one, two].join(delimiter) })).toBe(chrome)
  const chromium = programIn(two, 'chromium')
  expect(findBrowser({ PATH: [one, two].join(delimiter) })).toBe(chromium)
  chmodSync(chromium, 0o644)
  expect(findBrowser({ PATH: [one, two].join(delimiter) })).toBe(chrome)
})

it.skipIf(process.platform === 'darwin')('finds none where there is none', () => {
  using folder = scratchFolder()
  expect(findBrowser({ PATH: folder.path })).toBeNull()
  expect(findBrowser({})).toBeNull()
})

it('says what is wrong with a CHROME_PATH that names nothing', () => {
  expect(() => findBrowser({ CHROME_PATH: '/nowhere/chromium' })).toThrow(
    'CHROME_PATH is "/nowhere/chromium", which is no program that can be run; give the path of a Chromium, or unset it.',
  )
})
