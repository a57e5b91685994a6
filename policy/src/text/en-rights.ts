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
    'user.rights_request': {
      name: 'Requests and decisions',
      what: 'What you asked for and what was answered, what the program by itself decided about you, and what a law makes the studio keep.',
    },
  },
  kinds: {
    request: { name: 'Requests', what: 'What you asked for that takes time: its state, its clock and its answer.' },
    decision: {
      name: 'Decisions by the program',
      what: 'Each time the program by itself refused you something: why, when and how often.',
    },
    hold: {
      name: 'Kept by law',
      what: 'A duty of law to keep what is yours: which law, and until when. Storage only.',
    },
    right: {
      name: 'Use of your rights',
      what: 'Each step of what you asked for: frozen, objected, cancelled, answered.',
    },
  },
  purposes: {
    answer_requests: {
      name: 'Answering requests',
      why: 'So that somebody of the host reads what you asked of them and answers it. They see that request and the decision it is about, nothing else, and you see that they looked.',
      without: 'A duty, and therefore without a switch. It happens only when you have asked for something.',
    },
  },
  functions: {
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
  deadlines: {
    identity_check: 'checking that it is you, where you do not prove it yourself at once',
    cancel_grace: 'time in which you can take back the cancellation of your account; then it is carried out',
    request_alarm: 'the studio warns its host of a request that is still unanswered',
  },
} as const
