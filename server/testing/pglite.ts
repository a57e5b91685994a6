/** For the tests' set-up: the embedded database itself. */
export { openPglite } from '../src/store/pglite.ts'
