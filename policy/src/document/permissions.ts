/** Permissions of the device (C79). Only those with `needed: true` are ever asked, each at the moment of use (C39). */
export const permissions = {
  microphone: { needed: true, web: 'microphone' },
  camera: { needed: true, web: 'camera' },
  storage: { needed: false },
  album: { needed: false },
  contacts: { needed: false },
  device: { needed: true },
  location: { needed: false, web: 'geolocation' },
  notifications: { needed: false, web: 'notifications' },
} as const
