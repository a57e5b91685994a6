/** For tests: what the global set-up of a run provides. */
declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the PostgreSQL server; empty where there is none. */
    postgres: string
    /** An embedded database that was just made, to copy: making one takes seconds. */
    embedded: string
  }
}

export {}
