// Adds up the JSON reports of vitest named as arguments and prints one line: how many tests passed and failed.
import { readFileSync } from 'node:fs'
import process from 'node:process'

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')))
const sum = (key) => reports.reduce((total, report) => total + report[key], 0)
const passed = sum('numPassedTests')
const failed = sum('numFailedTests')

process.stdout.write(`${passed} passed, ${failed} failed\n`)
if (failed > 0 || passed === 0 || reports.some((report) => !report.success)) process.exitCode = 1
