/** @module The policy in English. */
import { labels, parts, sentences } from './en-prose.ts'
import { enRights } from './en-rights.ts'
import { enSpeech } from './en-speech.ts'
import type { Texts } from './texts.ts'

function count(amount: number, one: string): string {
  return `${amount} ${one}${amount === 1 ? '' : 's'}`
}

/** Every text of the policy in English. */
export const en: Texts = {
  title: 'How this studio treats what is yours',
  version_line: (version, effective, hash) => `Version ${version}, in force since ${effective}. Fingerprint ${hash}.`,
  short_title: 'In short',
  contents_title: 'Contents',
  parts,
  categories: {
    'user.account.username': {
      name: 'Handle',
      what: 'The name your account goes by. It is made at random and you can change it.',
    },
    'user.name': { name: 'Display name', what: 'What you would like to be called. You may leave it empty.' },
    'user.content.self_image': {
      name: 'Profile picture',
      what: 'A small picture of your choice. You may leave it out.',
    },
    'user.demographic.age_range': {
      name: 'Age range',
      what: 'Under 14, 14 to 17, or adult, if you choose to say so. Never a birthday.',
    },
    'user.settings': { name: 'Settings', what: 'Your language, your switches and how long recordings stay.' },
    'user.contact.phone_number': {
      name: 'Phone number',
      what: 'The number you sign in with, if you bind one, and when it was confirmed.',
    },
    'user.authorization.credentials': {
      name: 'Password and second step',
      what: 'A one-way fingerprint of your password, the secret of your authenticator app, and fingerprints of your recovery codes. Never the password itself.',
    },
    'user.authorization.one_time_code': {
      name: 'One-time code',
      what: 'The short code that proves a phone number. Only a one-way fingerprint of it is held, for a few minutes.',
    },
    'user.device.user_agent': {
      name: 'Browser name',
      what: 'Your browser and your system in a word or two, so that you recognise your own sessions.',
    },
    'user.device.install_id': {
      name: 'Install number',
      what: 'A random number that your browser makes, only if you switch it on, and makes anew when you press a button. It says nothing about the device itself.',
    },
    'user.device.cookie_id': {
      name: 'Session',
      what: 'The fact that you are signed in here: since when, and when last seen.',
    },
    'user.device.ip_address': {
      name: 'Network address',
      what: 'Where a request comes from. Held in memory for a short while, to slow down guessing; written down nowhere.',
    },
    'user.unique_id': {
      name: 'Internal number',
      what: 'A random number that ties your records together. It means nothing outside this studio.',
    },
    'user.content.title': {
      name: 'Names and tags',
      what: 'What your recordings are called and how you have tagged them.',
    },
    'user.content.media_facts': {
      name: 'Facts about a file',
      what: 'Length, format, size, and which result was made from which original.',
    },
    'user.content.recording': {
      name: 'Recordings',
      what: 'The sound and video that you record, import or make here. They may carry your voice and the voices of others.',
    },
    'user.content.transcript': {
      name: 'Words',
      what: 'What was said, when it was said, your corrections and cuts, and texts and translations that are to be spoken.',
    },
    'user.content.agreement': {
      name: 'What others agreed to',
      what: 'Of a recorded call: how and when the other side agreed, what they were told, and what you call them, if you write that.',
    },
    'user.content.task': { name: 'Work orders', what: 'What you asked the studio to do, and with which choices.' },
    'user.content.arrangement': { name: 'Timelines', what: 'Which sounds you put where on which track, and how loud.' },
    'user.privacy_record': {
      name: 'Privacy record',
      what: 'Which notice you saw, what you agreed to or took back, who opened your data and for what, what was shared, what you asked for, what was erased.',
    },
    'user.biometric.voice': { name: 'Voice print', what: 'A measurement of a voice that could tell who is speaking.' },
    'user.biometric.face_points': {
      name: 'Points of a face',
      what: 'The measured positions of eyes, nose, mouth and outline.',
    },
    'user.biometric.face_picture': {
      name: 'Picture of your face',
      what: 'A picture that you hand over so that the points of the face in it are found.',
    },
    'user.device.device_id': { name: 'Hardware numbers', what: 'Serial numbers and identifiers built into a device.' },
    'user.location': { name: 'Location', what: 'Where you are.' },
    'user.behavior': { name: 'Behaviour', what: 'What you look at, search for or click on.' },
    'system.operations': {
      name: 'Technical state',
      what: 'How the program is doing. It is about the machine and not about you.',
    },
    ...enRights.categories,
  },
  kinds: {
    account: { name: 'Account', what: 'Your handle, and whatever else you add to it.' },
    identifier: { name: 'Phone number', what: 'The confirmed number you sign in with.' },
    credential: { name: 'Password and second step', what: 'What is needed to check that it is you.' },
    session: { name: 'Sessions', what: 'One for each browser in which you are signed in.' },
    device: {
      name: 'Devices',
      what: 'Browsers you told the studio to tell apart: a random number and the name of browser and system.',
    },
    setting: { name: 'Settings', what: 'Your switches and how long recordings stay.' },
    item: { name: 'Items', what: 'One entry in your library, with its name and where it came from.' },
    media: {
      name: 'Media',
      what: 'The sound or video of an item, the outline that is drawn of it, and what was spoken so far of a text.',
    },
    upload: { name: 'Unfinished uploads', what: 'What has arrived so far, so that an interrupted upload can go on.' },
    agreement: {
      name: 'Agreements to be recorded',
      what: 'What the other side of a call agreed to, as you attested it.',
    },
    transcript: { name: 'Transcripts', what: 'The recognised words with their times.' },
    edit: { name: 'Edits', what: 'Your corrections, cuts and order. The original is never changed.' },
    version: { name: 'Versions', what: 'Your corrections, cuts and order at moments you named.' },
    timeline: { name: 'Timelines', what: 'Which sounds are heard when, on which track and how loud.' },
    task: { name: 'Work orders', what: 'The choices for one piece of work, and what came of it.' },
    notice_shown: { name: 'Notices shown', what: 'Which version of this text you saw, and when.' },
    consent: { name: 'Consents', what: 'What you agreed to, refused or took back.' },
    opening: { name: 'Openings', what: 'Each time something of yours was opened: for which purpose and by whom.' },
    erasure: { name: 'Erasures', what: 'What was destroyed, and what was found when the stores were read again.' },
    sharing: { name: 'Sharings', what: 'What was given to whom.' },
    wind_down: { name: 'End of service', what: 'That the studio will end and when, and that you were told.' },
    publication: {
      name: 'Published versions',
      what: 'Of the studio itself, not of you: which version of this text was published when, so that none can be put in its place later.',
    },
    ...enRights.kinds,
    ...enSpeech.kinds,
  },
  purposes: {
    sign_in: {
      name: 'Signing in',
      why: 'To recognise you when you come back, by your number and a code, a password, or a second step.',
      without: 'Without it you work as a guest on this device; everything in the studio still works.',
    },
    account: {
      name: 'Your account',
      why: 'To show and change your handle, your picture and your settings.',
      without: 'Only the handle is needed, and the studio makes one for you. All else may stay empty.',
    },
    deliver_code: {
      name: 'Sending a code',
      why: 'To send a one-time code to the number you typed.',
      without: 'Without it you cannot bind a number here. Working as a guest goes on.',
    },
    keep_media: {
      name: 'Keeping your library',
      why: 'To keep what you record or import, find it again and play it.',
      without: 'Without it there is no library. The command line still works on your own files and keeps nothing.',
    },
    edit_media: {
      name: 'Working on a recording',
      why: 'To cut by words, clip, take the sound out of a video, and export, each time because you asked for it.',
      without: 'Without it recordings can only be kept and played.',
    },
    record_sound: {
      name: 'Recording',
      why: 'To record what your microphone hears, from the moment you press record until you stop.',
      without: 'Without it you cannot record here. Importing files and everything else still works.',
    },
    record_calls: {
      name: 'Recording calls',
      why: 'To keep a call that you record or import, together with what the other side agreed to. Nothing is recorded before you say that they agreed.',
      without:
        'Without it no call can be recorded or brought in as one. Recording yourself and everything else still works.',
    },
    transcribe: {
      name: 'Turning speech into words',
      why: 'To recognise the words of a recording that you choose. It works out what is said and never who says it.',
      without: 'Without it there are no new transcripts. Words you already have stay yours, and all else still works.',
    },
    denoise: {
      name: 'Cleaning sound',
      why: 'To take noise out of a recording that you choose. The original stays as it is.',
      without: 'Without it recordings stay as they sound. All else still works.',
    },
    recognise_device: {
      name: 'Telling your devices apart',
      why: 'To show you in a list which of your browsers have been here, each by a random number that you can renew.',
      without: 'Without it no number is made and there is no such list. Where you are signed in still stands under My.',
    },
    background: {
      name: 'Recording in the background',
      why: 'To go on recording while the page is out of sight. The title of the page says so all the time.',
      without: 'Without it recording pauses when the page goes out of sight, and goes on when you press.',
    },
    face_effect: {
      name: 'Putting your face into a picture or clip',
      why: 'To find the feature points of the face in a picture that you choose, and put it into another picture. This is done on your device; only if you ask for it does the server look for the points. Then your picture is in its memory for that moment, sealed, and gone when you have the answer; so it is, for ten minutes at most, where the server makes a clip of the studio for you. It never says who somebody is.',
      without: 'Without it the server looks at no face, and no camera is asked for here. All else still works.',
    },
    security: {
      name: 'Keeping the doors shut',
      why: 'To end stolen sessions and to slow down guessing of codes and passwords.',
      without: 'It cannot be switched off, because an open door would be open for everyone. You may object to it.',
    },
    own_rights: {
      name: 'Your own rights',
      why: 'To show you all that is held about you, hand you a copy, and erase it. Only you can use this.',
      without: 'It is always there.',
    },
    prove: {
      name: 'Being able to prove it',
      why: 'To keep a record that cannot be rewritten: what you agreed to, who opened what, and what was erased. You can read yours.',
      without: 'It cannot be switched off: without it nobody could check that the other promises are kept.',
    },
    ...enRights.purposes,
    ...enSpeech.purposes,
  },
  recipients: {
    sms_provider: {
      name: 'Text message service',
      what: 'Carries the message with your one-time code to your phone. It gets the number and the message and nothing else.',
    },
  },
  permissions: {
    microphone: { name: 'Microphone', what: 'Asked at the moment you press record, and used until you stop.' },
    camera: {
      name: 'Camera',
      what: 'Asked at the moment you press for a selfie, and used until you take it. The picture stays on your device. You can choose a file instead.',
    },
    storage: { name: 'Storage of the device', what: 'Not needed: you pick the files, and the studio sees only those.' },
    album: { name: 'Photo album', what: 'Not needed: you pick the files, and the studio sees only those.' },
    contacts: {
      name: 'Contacts',
      what: 'Not needed: where your browser has a picker, you choose one contact yourself, on your device, and only the name is put into the field.',
    },
    device: {
      name: 'Device details',
      what: 'Only the name of the browser and a random number that you can renew; no number of the hardware, ever.',
    },
    location: { name: 'Location', what: 'Not needed for anything here.' },
    notifications: { name: 'Notifications', what: 'Not needed for anything here.' },
  },
  cookies: {
    session: { name: 'Session cookie', what: 'Remembers that you are signed in, or which guest you are.' },
    theme: { name: 'Light or dark', what: 'Remembers how you like the pages to look.' },
    locale: { name: 'Language', what: 'Remembers the language you chose.' },
    ledger_head: {
      name: 'Last seen record',
      what: 'A short fingerprint with which your browser notices if the privacy record were ever rewritten.',
    },
    notice_draft: {
      name: 'Notice shown',
      what: 'Remembers which version of this text you saw before there was anything to write it to.',
    },
    install_id: {
      name: 'Install number',
      what: 'The random number of this browser, only while you have switched it on.',
    },
    cookie_choice: {
      name: 'Your choice here',
      what: 'Remembers which of the things that are for convenience you let be kept.',
    },
    recordings: {
      name: 'Recordings in progress',
      what: 'Keeps what you are recording on your own device, sealed, so that a crash or a lost connection costs you nothing.',
    },
    device_key: {
      name: 'Device key',
      what: 'The keys for those recordings, which cannot be taken out of the browser, not even by the studio; and where an interrupted upload goes on.',
    },
    shell: {
      name: 'The program itself',
      what: 'The pages and scripts of the studio, so that it opens without a network. Nothing of yours.',
    },
  },
  settings: {
    microphone: {
      name: 'Microphone',
      what: 'Recording in this studio. Off: the server takes no new recording from you.',
    },
    calls: {
      name: 'Recording calls',
      what: 'Calls with somebody else, once they agreed. Off: the server takes no call from you.',
    },
    transcribing: {
      name: 'Turning speech into words',
      what: 'Off: no new transcript, and one that is being made stops.',
    },
    denoising: { name: 'Cleaning sound', what: 'Off: no new cleaning, and one that is under way stops.' },
    device: {
      name: 'Device details',
      what: 'A random number for this browser, to tell your devices apart. Off: no number is made, and those that were kept are erased.',
    },
    background: {
      name: 'Recording in the background',
      what: 'Off: recording pauses when the page goes out of sight, and the server takes nothing that was recorded so.',
    },
    ...enRights.settings,
    ...enSpeech.settings,
    faces: {
      name: 'Face in a picture',
      what: 'The camera for a selfie, and looking for the points of your face. Off: the server takes no picture of a face.',
    },
    keep_recordings: {
      name: 'How long recordings stay',
      what: 'Until you erase them, or a time you choose. After it they are erased by themselves.',
    },
  },
  functions: {
    record: 'Record',
    record_in_background: 'Record in the background',
    record_call: 'Record a call',
    import_call: 'Bring in a recorded call',
    tell_devices_apart: 'Tell my devices apart',
    import: 'Import sound and video',
    play: 'Play',
    rename: 'Rename',
    find: 'Find by name',
    denoise: 'Clean the sound',
    transcribe: 'Turn speech into words',
    correct_words: 'Correct words',
    cut_by_text: 'Cut by words',
    clip: 'Clip',
    mix_background: 'Put a background sound under a voice',
    join_sounds: 'Join recordings, and play several together',
    arrange_tracks: 'Put sounds on several tracks',
    keep_versions: 'Keep versions of an edit',
    extract_sound: 'Take the sound out of a video',
    export_sound: 'Export sound',
    export_words: 'Export words',
    sign_in: 'Sign in',
    edit_profile: 'Change handle, picture and name',
    set_password: 'Set a password',
    set_second_step: 'Set up a second step',
    see_held: 'See what is held about me',
    see_openings: 'See who opened what',
    take_copy: 'Take a copy',
    change_consent: 'Agree, refuse, take back',
    erase_item: 'Erase one recording',
    erase_everything: 'Erase everything',
    put_face: 'Put your face into a picture',
    read_notice: 'Read this text',
    use_command_line: 'Work on files from the command line',
    ...enRights.functions,
    ...enSpeech.functions,
  },
  rights: {
    access: { name: 'See what is held', what: 'Every record about you, by kind, with counts, in Privacy Settings.' },
    openings: {
      name: 'See who opened what',
      what: 'Every opening of your data, with its purpose and by whom, from a record that cannot be rewritten unnoticed.',
    },
    correct: {
      name: 'Correct',
      what: 'Change your handle, your picture, names, words and settings wherever they are shown.',
    },
    copy: {
      name: 'Take a copy',
      what: 'Your recordings in the formats you choose, your words as text, subtitles or JSON, your records as JSON.',
    },
    erase: {
      name: 'Erase',
      what: 'One recording or everything. You get a certificate that states what was found when the stores were read again. Erasing everything ends the account.',
    },
    withdraw: {
      name: 'Take back an agreement',
      what: 'With the same switch that gave it, in one step. Work in progress stops.',
    },
    object: {
      name: 'Object',
      what: 'To what the studio does for its own protection; the host weighs it with you and answers with reasons.',
    },
    explain: { name: 'Have it explained', what: 'Ask the host about anything in this text.' },
    complain: {
      name: 'Complain',
      what: 'To the host, or straight to the authority that watches over the protection of data where you live.',
    },
    ...enRights.rights,
  },
  deadlines: {
    request_answer: 'answer to a request, counted from the moment it is clear that it is you',
    account_end: 'end of an account; erasing it yourself takes effect at once',
    complaint_answer: 'answer to a complaint or an objection',
    consent_data_gone: 'erasure of what was kept on your agreement alone, after you took it back',
    overdue_gone: 'erasure of what has reached its time',
    key_copies_gone: 'end of the last copy of a destroyed key',
    code_valid: 'validity of a one-time code',
    wind_down_notice: 'notice before a studio ends its service, counted from the day it is announced',
    breach_person: 'telling you about a breach that concerns you',
    breach_authority: 'telling the data protection authority about a breach',
    breach_authority_cn: 'telling the authorities in China about a larger incident',
    ...enRights.deadlines,
  },
  exemptions: {
    national_security: 'national security and defence',
    public_interest: 'public safety, public health and other weighty public interests',
    criminal_justice: 'investigation, prosecution, trial and the execution of sentences',
    administrative_enforcement: 'enforcement by administrative authorities',
    vital_interest: "protection of life and property where the person's consent cannot be had in time",
    public_by_subject: 'what the person has made public',
    lawfully_public: 'what has been lawfully published',
    news_reporting: 'news reporting',
    research: 'research with data that no longer identifies anyone',
    legal_obligation: 'a duty that a law names',
  },
  bases: {
    consent: 'your consent',
    contract: 'needed to do what you ask for',
    legal_obligation: 'a duty under the law',
    vital_interest: 'protection of life',
    public_task: 'a public task',
    legitimate_interest: 'a legitimate interest of the studio and everyone who uses it',
    public_by_subject: 'you made it public',
  },
  sources: enRights.sources,
  grades: { 1: 'public', 2: 'internal', 3: 'personal', 4: 'sensitive' },
  actors: { subject: 'you', job: 'the studio, working for you', operator: "the host's staff" },
  needs: { necessary: 'necessary', functional: 'for convenience', analytics: 'analytics', advertising: 'advertising' },
  stores: {
    cookie: 'cookie',
    local: 'local storage',
    indexeddb: 'database of the browser',
    opfs: "the browser's private files",
    cache: 'cache of the browser',
  },
  labels,
  keep: {
    account: 'as long as you have an account here',
    until_erased: 'until you erase it',
    request: 'only until your request is answered',
    setting: (name, fallback) => `as your setting "${name}" says (unless you change it: ${fallback})`,
  },
  duration: ({ years, months, days, seconds }) => {
    const parts: string[] = []
    if (years > 0) parts.push(count(years, 'year'))
    if (months > 0) parts.push(count(months, 'month'))
    if (days > 0) parts.push(count(days, 'day'))
    if (seconds > 0 && seconds % 3600 === 0) parts.push(count(seconds / 3600, 'hour'))
    else if (seconds > 0 && seconds % 60 === 0) parts.push(count(seconds / 60, 'minute'))
    else if (seconds > 0) parts.push(count(seconds, 'second'))
    return parts.join(' and ')
  },
  sentences,
  marks: { colon: ': ', semicolon: '; ', stop: '. ', aside: (text) => ` (${text})` },
  join: (names) => names.join(', '),
}
