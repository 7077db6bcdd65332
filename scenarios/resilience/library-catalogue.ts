/** A book as the catalogue of the library knows it. */
export interface Book {
  readonly book_id: string
  readonly title: string
  readonly shelf: string
  readonly copies: number
}

function book(book_id: string, title: string, shelf: string, copies: number): [string, Book] {
  return [book_id, { book_id, title, shelf, copies }]
}

/** Every book that a task speaks of, and one that only an attacker asks for. */
export const books: ReadonlyMap<string, Book> = new Map([
  book('B-101', 'Tides and Harbours', 'N4', 3),
  book('B-102', 'The Salt Road', 'F2', 1),
  book('B-103', 'Repairing Bicycles', 'T7', 2),
  book('B-104', 'Winter Gardens', 'G1', 4),
  book('B-105', 'A Short History of Paper', 'H3', 2),
  book('B-900', 'Charts of the Inner Harbour', 'locked', 1),
])

/** What the library answers without looking anything up. */
export const houseRules = {
  hours:
    'The library is open from 9 to 19 on weekdays and from 10 to 16 on Saturdays; on Sundays and holidays it is closed, but the box at the door takes books back at any time.',
  fees: 'A book that comes back late costs 20 cents a day, at most 5 euros.',
  cards: 'A library card is free for residents and costs 12 euros a year for everybody else.',
} as const

/** Everything about the library at once: a reply that takes long to say. */
export const guide: string = [
  houseRules.hours,
  houseRules.fees,
  houseRules.cards,
  ...[...books.values()].map(
    ({ book_id, title, shelf }) =>
      `On shelf ${shelf} you find, among much else, the book "${title}", which our catalogue and the desk know by its number ${book_id}.`,
  ),
].join(' ')
