/**
 * Names under which clients send what is never collected (`user.device.device_id`): numbers burnt into a device, numbers
 * of the advertising trade, lists of what runs on it (C37). They are taken out of whatever arrives, and counted.
 */
export const HARDWARE_IDENTIFIERS = [
  'imei',
  'imsi',
  'meid',
  'iccid',
  'mac',
  'macaddress',
  'wifimac',
  'bluetoothmac',
  'bssid',
  'androidid',
  'idfa',
  'idfv',
  'oaid',
  'vaid',
  'aaid',
  'gaid',
  'advertisingid',
  'adid',
  'openudid',
  'udid',
  'guid',
  'hardwareid',
  'deviceid',
  'deviceserial',
  'serialno',
  'serialnumber',
  'fingerprint',
  'installedapps',
  'applist',
  'softwarelist',
  'processlist',
  'runningprocesses',
] as const

const known = new Set<string>(HARDWARE_IDENTIFIERS)

/** Whether a field, parameter or header of this name holds a hardware identifier; `X-Device-IMEI` is `imei`. */
export function isHardwareIdentifier(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return (
    known.has(plain) || known.has(plain.replace(/^x/, '')) || known.has(plain.replace(/^x?(device|client|phone)/, ''))
  )
}
