/** The server's API contract: all that web and terminal may know of the server. */
export { type Answer, type Arguments, type Client, client, ProblemError } from './client.ts'
export { type Contract, contract, type RouteName } from './contract.ts'
export type { Caller, Method, Route } from './route.ts'
export * as shapes from './shapes.ts'
