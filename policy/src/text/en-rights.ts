/** @module What the policy says about requests, decisions and holds, in English. */

/** Merged into the sections of `en.ts`. */
export const enRights = {
  sources: {
    subject: 'from you',
    made: 'made from yours, for you',
    studio: 'noted by the studio',
    host: 'set by the host',
  },
  categories: {
    'user.attestation': {
      name: 'Your word for others',
      what: 'That the people shown in material of your own agreed: when you said so, in which words, under which number, and whether one of them objected.',
    },
    'user.content.share': {
      name: 'Links',
      what: 'Links by which you let others see a recording or its words: the secret in the link, what it shows, and what you were warned of.',
    },
    'user.rights_request': {
      name: 'Requests and decisions',
      what: 'What you asked for and what was answered, what the program by itself decided about you, and what a law makes the studio keep.',
    },
  },
  kinds: {
    share: {
      name: 'Links',
      what: 'A link to one recording or its words, made by you. It ends when you end it, on the day you chose, and after a year at the latest.',
    },
    fetch: {
      name: 'Opened links',
      what: 'Each time somebody opened a link of yours: when, what of it, and from which sort of browser. Not who, and not from where.',
    },
    request: { name: 'Requests', what: 'What you asked for that takes time: its state, its clock and its answer.' },
    decision: {
      name: 'Decisions by the program',
      what: 'Each time the program by itself refused you something: why, when and how often.',
    },
    hold: {
      name: 'Kept by law',
      what: 'A duty of law to keep what is yours: which law, and until when. Storage only.',
    },
    attestation: {
      name: 'Your word for pictures of others',
      what: 'That the people shown in a picture or clip of your own are adults and agreed: when you said so, in which words, and whether one of them objected. Nothing of the picture.',
    },
    right: {
      name: 'Use of your rights',
      what: 'Each step of what you asked for: frozen, objected, cancelled, answered.',
    },
  },
  purposes: {
    share: {
      name: 'Sharing by a link',
      why: 'To show one recording or its words to whoever has the link that you made for it. Nothing is public without such a link.',
      without: 'Without it no link can be made and every link of yours is dead at once. Everything else works.',
    },
    answer_requests: {
      name: 'Answering requests',
      why: 'So that somebody of the host reads what you asked of them and answers it. They see that request and the decision it is about, nothing else, and you see that they looked.',
      without: 'A duty, and therefore without a switch. It happens only when you have asked for something.',
    },
  },
  functions: {
    share_item: 'Share by a link',
    freeze_account: 'Freeze my account',
    object_to_use: 'Object to a use',
    see_decisions: 'See decisions about me and have them reviewed',
    cancel_account: 'Cancel my account',
  },
  rights: {
    freeze: {
      name: 'Freeze',
      what: 'Everything stays sealed and is used for nothing, until you thaw it. In one step, also where somebody else got into your account.',
    },
    review: {
      name: 'Have a decision reviewed',
      what: 'A person of the host looks again at what the program decided by itself, and answers with reasons.',
    },
  },
  settings: {
    sharing: {
      name: 'Sharing by a link',
      what: 'Off: no new link, and every link of yours is dead at once.',
    },
  },
  deadlines: {
    identity_check: 'checking that it is you, where you do not prove it yourself at once',
    cancel_grace: 'time in which you can take back the cancellation of your account; then it is carried out',
    request_alarm: 'the studio warns its host of a request that is still unanswered',
  },
} as const
