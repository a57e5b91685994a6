/** For benches: the key store itself. */
export { KeyStore } from '../src/keys/keyring.ts'
