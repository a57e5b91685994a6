/** Texts about consents, purposes, permissions and cookies, in English. */

/** Consents and purposes, permissions, what is kept in the browser. */
export const permissions = {
  purposesTitle: 'Consents and purposes',
  purposesLead:
    'Everything the studio may do with what is yours. One press agrees, the same press takes it back; what was kept on that agreement alone is erased then.',
  asked: 'Only with your agreement',
  notAsked: 'On other grounds',
  basis: 'Ground',
  data: 'Data',
  allData: (count: string) => `${count} kinds of data`,
  keep: 'Stays',
  recipients: 'Receives it',
  nobody: 'nobody',
  stops: 'Stops without it',
  nothing: 'nothing',
  receipt: 'Download receipt',
  receiptOf: (name: string) => `Download receipt: ${name}`,
  title: 'Permissions',
  lead: 'What this studio may ask of your device. Each switch is enforced by the server too: off means that nothing of it is taken any more.',
  inBrowser: (state: string) => `in this browser: ${state}`,
  states: { granted: 'allowed', denied: 'denied', prompt: 'asks first', unknown: 'has no setting for it' },
  hereOn: 'here: on',
  hereOff: 'here: off',
  hereNever: 'here: never asked for',
  forWhat: (purposes: string) => `For: ${purposes}.`,
  stripped: (count: string) =>
    `Hardware identifiers that clients sent to this studio since it was started, all taken out unread: ${count}.`,
  devices: 'My devices',
  devicesLead: 'Browsers you told the studio to tell apart, each by a random number of its own.',
  unnamed: 'A device',
  thisOne: 'this one',
  forget: 'Forget',
  makeNumber: 'Add this device',
  renewNumber: 'Give this device a new number',
  refusedHere: 'You let no such number be kept in this browser.',
  refuseAll: 'Refuse all that is not necessary',
  allowAll: 'Allow all',
  allowed: 'Allowed',
  signal:
    'Your browser asks not to be tracked (Global Privacy Control): only what is necessary is kept, until you say otherwise here.',
  cookiesTitle: 'Cookies',
  cookiesWhat:
    'A cookie is a short note that a site leaves in your browser and reads again at your next visit. Nothing here counts, follows or advertises.',
  cookiesLink: 'Cookies',
  backgroundPaused:
    'Paused, because the page went out of sight. Recording in the background is off in Privacy Settings.',
  askHost: 'Whom to ask',
  inBackground: 'Recording in the background',
}
