/** The running text of the notice in English: its parts, headings and sentences. What is declared has its words in `en.ts`. */
import type { Labels, Sentences, Texts } from './texts.ts'

/** The nine parts (C8): title and opening of each. */
export const parts: Texts['parts'] = {
  collection: {
    title: 'What the studio keeps and why',
    intro: [
      'The studio keeps only what the list below names, for the reason that stands beside it. This text is printed from the same document that the running program obeys: what is not written here cannot be stored, used or sent.',
      'Words in bold mark what deserves a second look: sensitive data, what you are asked about separately, what somebody else receives, what would leave the country.',
    ],
  },
  browser: {
    title: 'What is kept in your browser',
    intro: [
      'A cookie is a short note that a site leaves in your browser and reads again on your next visit. The studio leaves one, for being signed in. Browsers also offer room for pages to keep things on your device; all that the studio keeps there is listed too. There is no analytics and no advertising. What is there for convenience you can refuse, all at once or one by one, with as many presses as allowing it takes; a Global Privacy Control signal of your browser counts as refusing it.',
    ],
  },
  sharing: {
    title: 'Who else receives anything',
    intro: [
      'Your recordings, your words and your account stay on the machine on which this studio runs. Cleaning sound and recognising speech happen on that machine or in your own browser.',
      'What you share by a link of your own is seen by whoever has that link, until you end it. You are told beforehand what is in it, and afterwards when it was opened. What somebody has kept of it meanwhile the studio cannot take back.',
    ],
  },
  keeping: {
    title: 'How long things stay and how they are protected',
    intro: [
      'Everything has a time to go. When it comes, or when you erase something yourself, the key goes first and the bytes after it.',
    ],
  },
  rights: {
    title: 'What you can ask for and do yourself',
    intro: [
      'What the studio holds about you is yours to see, correct, take away and make vanish. None of it costs anything.',
    ],
  },
  third_parties: {
    title: 'Services of others',
    intro: [
      'No page of this studio loads anything from anywhere else: no fonts, no scripts, no pixels, no videos. The browser is told to refuse such requests.',
      'The programs that clean sound, recognise speech and speak are part of the installation. They do not call home. A model for translating is fetched from its maker only when somebody presses for exactly that, and nothing of anybody goes with the request.',
      'Should a page ever link elsewhere, the link is only a link: nothing about you travels with it.',
    ],
  },
  minors: {
    title: 'Children and young people',
    intro: [
      'As long as the studio does not know your age, it treats you as a child: no profile of you, no marketing, no publishing. You may tell it an age range; it never asks for a birthday.',
      'If you are under 18, please read this together with a parent or guardian.',
      'For somebody known to be under 14, recording, transcribing, translating, speaking text and cleaning sound also need the agreement of a guardian. Without it these stay shut, and everything else keeps working.',
    ],
  },
  changes: {
    title: 'When this text changes',
    intro: [
      'Each version has a number, a date and a fingerprint of its content, and what you agreed to is recorded together with them.',
      'If a purpose you agreed to comes to use more, or to give something to more people, your agreement no longer covers it: it stops for you until you have agreed to the new version. Any other purpose that grows stays as it was for you until you have read the new version.',
      'A line on every page tells you of each change, and a dialogue of each major one. Every version that ever held stays readable here, with what it changed.',
    ],
  },
  contact: {
    title: 'Who answers for this studio',
    intro: ['A studio like this is run by a person or an organisation of its own, not by the authors of the program.'],
  },
}

/** Headings and labels. */
export const labels: Labels = {
  basis: 'Basis',
  uses: 'Uses',
  kept: 'Stays',
  actors: 'Used by',
  without: 'And if not',
  switch: 'Switch',
  permission: 'Permission',
  separate: 'You are asked about this separately.',
  every_category: 'Everything that is kept about you',
  categories_section: 'The words used above',
  never_section: 'What the studio never collects',
  memory_section: 'What passes through and is not kept',
  permissions_section: 'Permissions of your device',
  exemptions_section: 'Where the law allows use without consent',
  entries_section: 'Everything in your browser',
  recipients_section: 'The list',
  retention_section: 'How long each kind stays',
  protection_section: 'How it is protected',
  log_section: 'What the log says',
  incidents_section: 'If something goes wrong',
  rights_section: 'Your rights, one by one',
  switches_section: 'Your switches',
  deadline: 'At the latest after',
  operator: 'Host',
  officer: 'Responsible for data protection',
  contact: 'Contact',
  address: 'Address',
  authority: 'Supervisory authority',
  receives: 'Receives',
  country: 'Country',
  agreement: 'Agreement',
  purpose: 'Purpose',
  asked: 'asked when needed',
  not_asked: 'never asked',
  law: 'Law',
  clocks_section: 'How soon things happen',
}

/** Sentences that the notice is composed of. */
export const sentences: Sentences = {
  short: {
    what: (categories) =>
      `The studio keeps what you put into it (${categories}) and the little it needs to recognise you.`,
    where: 'It stays on the machine this studio runs on. Nothing is sent to the makers of the program or to a cloud.',
    sealed:
      'Everything personal is sealed with a key of your own. Each time it is opened, that is written down where you can read it.',
    consent: (switches) => `These work only after you agree, and stop when you take it back: ${switches}.`,
    nobody: 'Nobody else receives anything.',
    somebody: (recipients) =>
      `One thing leaves: to send you a sign-in code, your phone number and that message go to ${recipients}.`,
    never: (categories) => `Never collected: ${categories}.`,
    erase: (copies) =>
      `Erase one recording or everything, at any time: its key is destroyed at once, and the last copy of that key is gone within ${copies}.`,
    refuse: 'Saying no is as easy as saying yes, and costs you only what needs that yes.',
  },
  exemptions:
    'The law knows cases in which data may be used or handed over without consent. They are listed here for completeness. None of them is switched on: this version has no way to use one.',
  no_recipient: 'Nobody. There is no recipient in this studio.',
  unconfigured: 'This host has not set up a recipient, so nobody receives anything.',
  no_sale:
    'Nothing is sold, rented or exchanged. The program has no word for a buyer, and nothing of value may be taken for what a recipient gets.',
  protection: (copies) => [
    'Everything personal is sealed (AES-256-GCM) before it is written, each recording with a key of its own. Your keys are kept apart from the data and from its backups.',
    `Erasing destroys the key first: from then on the bytes are unreadable, also those in backups and in the traces a database leaves behind. A copy of the keys exists for emergencies and is never older than ${copies}.`,
    'Work on a recording is done by a separate process that has the key of that one recording and nothing else.',
    'Whoever runs this machine holds the key to the house. Sealing protects against lost disks, copied files and old backups; it does not protect against the host. Choose a host you trust, or be your own: that is what this studio is made for.',
    'No protection is perfect. What the studio can promise is that you can check it.',
  ],
  log: (fields) =>
    `The log of the program has these fields and no others: ${fields}. None of them says who you are or where you are.`,
  incidents: (person, authority, china) =>
    `If data of yours is exposed, the host tells you what happened, what it may mean for you, what has been done and what you can do, within ${person} of noticing. The authority is told within ${authority}, in China within ${china} for a larger incident.`,
  path: 'You find all of it under My, Settings, Privacy Settings.',
  withdraw: (time) =>
    `Taking back an agreement does not make the past unlawful; it ends what would have come next, at once and also for work in progress. What was kept on that agreement alone is erased within ${time}.`,
  major: [
    'These changes always count as major, and you are told about them before they take effect:',
    'what is used, for what, or in which way; who runs the studio; who receives something; your rights and how to use them; whom to write to; and anything else that weighs as much.',
  ],
  contact: (time) =>
    `Write to the host with any question or complaint. You get an answer within ${time} once it is clear that it is you.`,
  no_operator:
    'This studio runs on one machine for the person who started it. No host has been named, and it cannot be opened to others before one is.',
  abroad: 'This recipient is in another country.',
}
