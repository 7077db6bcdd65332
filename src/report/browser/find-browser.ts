import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { usageError } from '../../contract/errors.ts'

/** What a Chromium is called, in the order in which they are tried. */
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'chrome.exe']

/** Where macOS has it. */
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The path of a Chromium: what `CHROME_PATH` says, or the first of its names on the search path; null where there is none.
 *
 * @throws {ShakedownError} of kind `usage` where `CHROME_PATH` names nothing that can be run
 */
export function findBrowser({ CHROME_PATH: told, PATH = '' }: Variables): string | null {
  if (told !== undefined && told !== '') {
    if (canRun(told)) return told
    throw usageError(
      'NO_BROWSER',
      `CHROME_PATH is "${told}", which is no program that can be run; give the path of a Chromium, or unset it.`,
    )
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== '')
  const places = programs.flatMap((program) => folders.map((folder) => join(folder, program)))
  return [...places, ...applications].find(canRun) ?? null
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
