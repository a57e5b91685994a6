/** Settings of the person. All switches are off until the person turns them on (G9). */
export const settings = {
  microphone: { control: 'switch', default: false, purposes: ['record_sound'], permissions: ['microphone'] },
  calls: { control: 'switch', default: false, purposes: ['record_calls'], permissions: [] },
  transcribing: { control: 'switch', default: false, purposes: ['transcribe'], permissions: [] },
  denoising: { control: 'switch', default: false, purposes: ['denoise'], permissions: [] },
  speaking: { control: 'switch', default: false, purposes: ['speak'], permissions: [] },
  translating: { control: 'switch', default: false, purposes: ['translate'], permissions: [] },
  device: { control: 'switch', default: false, purposes: ['recognise_device'], permissions: ['device'] },
  background: { control: 'switch', default: false, purposes: ['background'], permissions: [] },
  sharing: { control: 'switch', default: false, purposes: ['share'], permissions: [] },
  faces: { control: 'switch', default: false, purposes: ['face_effect'], permissions: ['camera'] },
  keep_recordings: {
    control: 'duration',
    default: 'until_erased',
    purposes: ['keep_media', 'edit_media'],
    permissions: [],
  },
} as const
