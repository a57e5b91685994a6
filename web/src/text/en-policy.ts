/** Texts about the versions of the notice, in English. */
const s = (count: number, one: string, many: string) => (count === 1 ? one : many)

/** The versions of the notice, what changed, and having read it. */
export const policy = {
  versions: 'All versions of this notice',
  versionsLead:
    'Every version that was ever published here, whole and unchanged. Each has a fingerprint in the ledger.',
  version: (version: string, number: string) => `Version ${version} (no. ${number})`,
  published: (when: string) => `published ${when}`,
  fingerprint: 'Fingerprint',
  now: 'in force',
  severity: { first: 'the first', minor: 'small change', major: 'major change' },
  changed: 'What changed',
  changedNothing: 'This was the first version.',
  changedWords: 'Only the wording changed.',
  why: (clause: string) => `counts as major: ${clause}`,
  differences: 'Where the text reads differently',
  added: 'now',
  removed: 'before',
  text: 'The whole text',
  all: 'All versions',
  banner: 'The privacy notice has changed since you last read it.',
  see: 'See what changed',
  haveRead: 'I have read it',
  later: 'Later',
  title: 'The privacy notice has changed in a major way',
  lead: 'What is new is not done with your data until you have read it here, or agreed where you are asked. Everything else goes on as before.',
  smallTitle: 'The privacy notice has changed',
  sections: (count: number) => `${count} ${s(count, 'part reads', 'parts read')} differently:`,
  waiting: (purposes: string) => `Until then these stay as they were for you: ${purposes}.`,
  renew: 'These have grown since you agreed. They stay off until you agree again:',
  agreeAgain: 'Agree again',
  agreedAgain: 'Agreed',
  ending: (day: string) =>
    `This studio ends its service on ${day}. Nothing new is taken in; take away what is yours before then.`,
  ended: (day: string) => `This studio ended its service on ${day}. Everything that was kept was erased.`,
  takeAway: 'Take away what is mine',
  register: 'What stands behind each sentence',
  registerLead:
    'The notice is printed from the rules the program obeys. Here each sentence leads to its rule, to the tests that hold it, and to the last time the rule was broken on purpose to see whether they notice.',
  evidence: (when: string, broken: string, proven: string) =>
    `Last proven ${when}: ${broken} rules were broken one by one, and the tests of ${proven} clauses noticed.`,
  rule: 'Rule:',
  clauses: (list: string) => `Clauses ${list}`,
  proven: 'proven',
  unproven: 'not proven',
  behind: 'How this is kept',
  since: 'changed since you last read',
  sinceLead: (when: string) => `You last read this notice on ${when}. What has changed since is marked.`,
}
