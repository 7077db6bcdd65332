import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { addPictures } from '../../../src/cli/editions/add-pictures.ts'
import { publishReport } from '../../../src/report/publish-report.ts'
import { outdatedFiles, reportFiles } from '../../../src/report/report-files.ts'
import { measuredDay } from '../../report/_sample.ts'
import { scratchFolder } from '../_shakedown.ts'

it('leaves no picture of an earlier run beside a newer report', () => {
  using folder = scratchFolder()
  const names = ['summary.svg', 'summary.png', 'report.pdf']
  for (const name of names) writeFileSync(join(folder.path, name), 'of an earlier run')
  const left = (): string[] => names.filter((name) => existsSync(join(folder.path, name)))
  publishReport(folder.path, reportFiles(measuredDay, null), outdatedFiles(null))
  expect(left()).toEqual([])
  vi.stubEnv('PATH', folder.path)
  vi.stubEnv('CHROME_PATH', '')
  try {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() })
    addPictures(folder.path, measuredDay, null, { picture: true, pdf: false, stream })
  } finally {
    vi.unstubAllEnvs()
  }
  expect(left()).toEqual(['summary.svg'])
  expect(readFileSync(join(folder.path, 'summary.svg'), 'utf8')).toContain('Service levels')
})
