/** Clauses about a person's privacy that no broken rule proves, and why. Every other one of theirs has a line in the table. */

/** From the first to the last, both inclusive: what a person can see, change, take away, limit, share and end. */
export const PRIVACY: readonly (readonly [from: number, to: number])[] = [
  [1, 23],
  [30, 43],
  [46, 46],
  [58, 58],
  [79, 92],
  [100, 106],
  [108, 110],
  [153, 157],
  [193, 216],
  [233, 234],
  [248, 261],
]

/** The reasons. */
export const unproven: Readonly<Record<number, string>> = {
  7: 'letters and complaints are answered by tickets, which are not built yet',
  11: 'every kind states its source by its type: broken, it does not compile, and no test runs',
  12: 'the source of a kind is held by its type, as of C11; shares are proven under C203 to C205',
  14: 'reports of misuse need tickets, which are not built yet',
  15: 'nothing is received from third parties, so there is no rule to break',
  19: 'a contact beside each question is text; the form behind it needs tickets, which are not built yet',
  33: 'four purposes for log and device data: there is one (security), and it is held by C76',
  34: 'use data is not tied to a person: there is none, so there is no rule to break',
  39: 'asked at the time of use, in the page: proven by a journey, which loads the built page and cannot be broken here',
  41: 'events without a person are not kept, so nothing is joined',
  42: 'there is no analytics pipeline that could de-identify',
  199: 'the literal path is proven by a journey, which loads the built page and cannot be broken here',
  233: 'the page behind a link is proven by a journey, which loads the built page and cannot be broken here',
  234: 'there are no links through advertisements',
  261: 'a case bundle for an authority belongs to complaints, which are not built yet',
}
