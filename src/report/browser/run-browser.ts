import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { harnessError } from '../../contract/errors.ts'

/** Real milliseconds that it may take; a page of a full run takes a few seconds. */
const timeLimitMs = 120_000

/** Quiet, alone, and without a network: every name resolves to nothing, and so does every number. */
const alone = [
  ...['--headless', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-default-apps', '--disable-sync'],
  ...['--disable-extensions', '--disable-quic', '--disable-crash-reporter', '--metrics-recording-only'],
  ...['--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND', '--proxy-server=127.0.0.1:9'],
]

/** What a browser is asked to make of a page. */
export interface BrowserTask {
  /** Name and content of the page, e.g. `page.html`. */
  readonly page: { readonly name: string; readonly content: string }
  /** The rest of the command line; the browser writes to the path that it is given. */
  readonly flags: (output: string) => readonly string[]
  /** Name of the file that it writes. */
  readonly output: string
}

/**
 * Runs a Chromium over one page, in a profile of its own that is removed afterwards, and returns what it wrote.
 *
 * @throws {ShakedownError} of kind `harness` where it fails, writes nothing, or takes longer than two minutes
 */
export function runBrowser(browser: string, { page, flags, output: name }: BrowserTask): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-browser-'))
  try {
    const [source, output] = [join(folder, page.name), join(folder, name)]
    writeFileSync(source, page.content)
    const profile = join(folder, 'profile')
    const { error, stderr, status } = spawnSync(
      browser,
      [...alone, ...sandbox(), `--user-data-dir=${profile}`, ...flags(output), pathToFileURL(source).href],
      {
        timeout: timeLimitMs,
        killSignal: 'SIGKILL',
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: environmentOf(folder),
      },
    )
    return written(output) ?? fail(browser, error ?? lastLine(stderr) ?? `it ended with ${status}`)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The administrator of a container has no sandbox to be put into; everybody else keeps it. */
function sandbox(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** Its own home, so that it neither reads nor changes what belongs to the user. */
function environmentOf(home: string): NodeJS.ProcessEnv {
  const { HOME: _home, XDG_CONFIG_HOME: _config, XDG_CACHE_HOME: _cache, ...others } = process.env
  return { ...others, HOME: home, TZ: 'UTC' }
}

function written(output: string): Buffer | null {
  try {
    const content = readFileSync(output)
    return content.length === 0 ? null : content
  } catch {
    return null
  }
}

function lastLine(text: string | null): string | undefined {
  return text?.trim().split('\n').at(-1)
}

function fail(browser: string, reason: Error | string): never {
  const words = reason instanceof Error ? reason.message : reason
  throw harnessError(
    'BROWSER',
    `${browser} made nothing of the page (${words.slice(0, 300)}); try another with CHROME_PATH, or leave out what needs a browser.`,
  )
}
