import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { environment } from '../../report/_sample.ts'
import { resultsIn, scratchFolder, shakedown } from '../_shakedown.ts'

const sample = readFileSync(join(import.meta.dirname, '../../../reports/sample/results.json'), 'utf8')

it('writes a public edition into a folder of its own, which verify holds against the full results', () => {
  using folder = scratchFolder()
  const [full, out] = [join(folder.path, 'full/results.json'), join(folder.path, 'public')]
  mkdirSync(join(folder.path, 'full'))
  writeFileSync(full, sample)
  writeFileSync(join(folder.path, 'full/environment.json'), JSON.stringify(environment))
  const made = shakedown(['report', full, '--public', '--out', out])
  expect(made).toMatchObject({ exitCode: 1, stderr: '' })
  expect(made.stdout).toMatch(/^FAIL: .*\nReport: /)
  expect(made.stdout).toContain(`Report: ${join(out, 'index.html')}\n`)
  expect(made.stdout).not.toContain('support desk')
  expect(readdirSync(out).toSorted()).toEqual(['index.html', 'junit.xml', 'results.json', 'summary.md'])
  const hash = createHash('sha256').update(sample).digest('hex')
  expect(resultsIn(out).edition).toEqual({ name: 'public', full: hash, kept: [] })
  for (const name of readdirSync(out)) expect(readFileSync(join(out, name), 'utf8')).not.toContain('support desk')
  expect(readFileSync(full, 'utf8')).toBe(sample)

  const edition = join(out, 'results.json')
  const verified = shakedown(['verify', edition, full])
  expect(verified).toMatchObject({ exitCode: 0, stdout: 'Verified: the public edition was made of these results.\n' })
  writeFileSync(edition, readFileSync(edition, 'utf8').replace('"violations": 1,', '"violations": 0,'))
  const forged = shakedown(['verify', edition, full])
  expect(forged.exitCode).toBe(1)
  expect(forged.stdout).toMatch(/^Not verified: the hash is right, but the edition made again differs at "scenarios\./)
})

it('draws the picture without a Chromium, and says of the PDF what is missing, with everything else written', () => {
  using folder = scratchFolder()
  const full = join(folder.path, 'results.json')
  writeFileSync(full, sample)
  const flags = ['--picture', '--pdf']
  const without = { env: { PATH: folder.path, CHROME_PATH: '' } }
  const { exitCode, stdout, stderr } = shakedown(['report', full, ...flags], without)
  expect(exitCode).toBe(2)
  expect(stderr).toBe(
    'shakedown: a PDF needs a Chromium, and there is none on the path; install chromium or google-chrome, or give its path in CHROME_PATH. Everything else is written.\n',
  )
  expect(stdout).toContain(`summary.svg: ${join(folder.path, 'summary.svg')}`)
  const written = ['index.html', 'junit.xml', 'results.json', 'summary.md', 'summary.svg']
  expect(readdirSync(folder.path).toSorted()).toEqual(written)
})
