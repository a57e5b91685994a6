/** Starts the server and answers its address; undefined where there is no PostgreSQL on this machine. */
export declare function startPostgres(): Promise<
  | {
      url: string
      stop(): Promise<void>
    }
  | undefined
>
