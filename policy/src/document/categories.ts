/**
 * Categories of data: Fideslang names where it has one, extensions marked. Grades after GB/T 35273 annex B:
 * 3 = personal, 4 = sensitive (separate consent, PIPL 28-29).
 */
export const categories = {
  'user.account.username': { grade: 2, mask: 'none', source: 'fideslang' },
  'user.name': { grade: 3, mask: 'name', source: 'fideslang' },
  'user.content.self_image': { grade: 3, mask: 'drop', source: 'fideslang' },
  'user.demographic.age_range': { grade: 3, mask: 'none', source: 'fideslang' },
  'user.settings': { grade: 2, mask: 'none', source: 'fideslang' },
  'user.contact.phone_number': { grade: 3, mask: 'phone', source: 'fideslang' },
  'user.authorization.credentials': { grade: 3, mask: 'secret', source: 'fideslang' },
  'user.authorization.one_time_code': { grade: 3, mask: 'secret', source: 'extension', collected: 'in_memory' },
  'user.device.user_agent': { grade: 2, mask: 'none', source: 'extension' },
  /** Random, made by the browser, new at a press of a button: in the place of every hardware identifier (C81). */
  'user.device.install_id': { grade: 2, mask: 'initial', source: 'extension' },
  'user.device.cookie_id': { grade: 3, mask: 'secret', source: 'fideslang' },
  'user.device.ip_address': { grade: 3, mask: 'address', source: 'fideslang', collected: 'in_memory' },
  'user.unique_id': { grade: 2, mask: 'none', source: 'fideslang' },
  'user.content.title': { grade: 3, mask: 'initial', source: 'extension' },
  'user.content.media_facts': { grade: 2, mask: 'none', source: 'extension' },
  'user.content.recording': { grade: 3, mask: 'drop', source: 'extension' },
  'user.content.transcript': { grade: 3, mask: 'drop', source: 'extension' },
  /** What somebody else in a recording agreed to: how, when, under which name. */
  'user.content.agreement': { grade: 3, mask: 'drop', source: 'extension' },
  'user.content.task': { grade: 2, mask: 'none', source: 'extension' },
  'user.content.arrangement': { grade: 2, mask: 'none', source: 'extension' },
  'user.privacy_record': { grade: 2, mask: 'none', source: 'extension' },
  'user.content.share': { grade: 3, mask: 'secret', source: 'extension' },
  'user.attestation': { grade: 2, mask: 'none', source: 'extension' },
  'user.rights_request': { grade: 3, mask: 'drop', source: 'extension' },
  'user.biometric.voice': { grade: 4, mask: 'drop', source: 'fideslang', collected: 'never' },
  'user.biometric.face_points': { grade: 4, mask: 'drop', source: 'extension', collected: 'in_memory' },
  'user.biometric.face_picture': { grade: 4, mask: 'drop', source: 'extension', collected: 'in_memory' },
  'user.device.device_id': { grade: 3, mask: 'drop', source: 'fideslang', collected: 'never' },
  'user.location': { grade: 3, mask: 'drop', source: 'fideslang', collected: 'never' },
  'user.behavior': { grade: 3, mask: 'drop', source: 'fideslang', collected: 'never' },
  'system.operations': { grade: 1, mask: 'none', source: 'fideslang' },
} as const
