import type { ModelTurn, ScriptedReply } from 'shakedown'
import { guide, houseRules } from './library-catalogue.ts'

/** A competent model at the library's desk, as a function of the conversation. */
export function deskModel(turn: ModelTurn): ScriptedReply {
  const words = requestOf(turn)
  const bookId = /B-\d{3}/.exec(words)?.[0]
  if (bookId === undefined || hasResult(turn)) return { content: answerTo(turn) }
  const name = isReservation(words) ? 'reserve_book' : 'find_book'
  return { toolCalls: [{ name, arguments: { book_id: bookId } }] }
}

/** The small model of the other provider has no tools; what they brought before, it reads. */
export function backupModel(turn: ModelTurn): ScriptedReply {
  return { content: answerTo(turn) }
}

function answerTo(turn: ModelTurn): string {
  const words = requestOf(turn)
  const bookId = /B-\d{3}/.exec(words)?.[0]
  if (bookId === undefined) return houseRule(words) ?? 'I can tell you of opening hours, fees, cards and our books.'
  const result = turn.messages.findLast(({ role }) => role === 'tool')?.text
  if (result === undefined) return 'I cannot reach the catalogue at the moment. Please ask again later, or at the desk.'
  return isReservation(words) ? reservationWords(bookId, result) : shelfWords(bookId, result)
}

function hasResult({ messages }: ModelTurn): boolean {
  return messages.some(({ role }) => role === 'tool')
}

function isReservation(words: string): boolean {
  return /reserve/i.test(words)
}

function requestOf({ messages }: ModelTurn): string {
  return messages.find(({ role }) => role === 'user')?.text ?? ''
}

function houseRule(words: string): string | null {
  if (/everything/i.test(words)) return guide
  if (/open/i.test(words)) return houseRules.hours
  if (/late|fee/i.test(words)) return houseRules.fees
  return /card/i.test(words) ? houseRules.cards : null
}

function shelfWords(bookId: string, result: string): string {
  const shelf = /"shelf":\s*"(\w+)"/.exec(result)?.[1]
  return shelf === undefined
    ? `I am sorry: the catalogue does not say where ${bookId} is at the moment.`
    : `${bookId} stands on shelf ${shelf}.`
}

function reservationWords(bookId: string, result: string): string {
  if (/"status":\s*"reserved"/.test(result)) return `${bookId} is reserved for you.`
  return result.includes('was not executed')
    ? `I am sorry: ${bookId} could not be reserved. Nothing has been changed.`
    : `I am sorry: I do not know whether ${bookId} was reserved. The desk checks it and writes to you.`
}
