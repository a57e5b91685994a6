/** @module The server of a studio: settings, the studio itself, and serving it. The API contract has its own entry. */

export { BackupBrokenError, backup, NotEmptyError, restore } from './backup/backup.ts'
export { type Config, ConfigError, readConfig, settingNames, unknownSettings } from './config.ts'
export { type Certificate, NotErasedError } from './erase/erase.ts'
export { Refusal } from './gate/refusal.ts'
export { type ServeOptions, type Serving, serve, studioApp, VERSION } from './http/server.ts'
export { type Verified, verifyLedger } from './ledger/verify.ts'
export { type Log, openLog, traceOf } from './log.ts'
export { NotPublishableError, type Publication, publishPolicy } from './policy/publish.ts'
export { PolicyHistoryBrokenError, type Published, UnpublishedPolicyError } from './policy/versions.ts'
export { Problem, type ProblemCode, problemBody, problemOf, problems } from './problem.ts'
export { DataDirectoryBusyError } from './store/lock.ts'
export { type OpenOptions, openStudio, type Studio } from './studio.ts'
