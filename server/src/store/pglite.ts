/**
 * The embedded database: PGlite behind an ordinary pg.Pool, made durable. Stock PGlite never calls fsync, whatever
 * `SHOW fsync` answers: its file system has no such operation. The one added here relies on Emscripten's internals, so the
 * version is pinned and a test counts the fsyncs.
 */
import { fsyncSync } from 'node:fs'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import pg from 'pg'

interface Streams {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } }
}

class DurableNodeFS extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>) {
    const made = await super.init(pglite, options)
    const addFsync = (module: unknown) => {
      ;(module as Streams).NODEFS.stream_ops.fsync = (stream) => {
        if (stream.nfd !== undefined) fsyncSync(stream.nfd)
        return 0
      }
    }
    const { preRun } = made.emscriptenOpts
    const before = preRun === undefined ? [] : Array.isArray(preRun) ? preRun : [preRun]
    return { ...made, emscriptenOpts: { ...made.emscriptenOpts, preRun: [addFsync, ...before] } }
  }
}

/** Opens (or makes) the embedded database in `directory`; the pool has one connection. */
export async function openPglite(directory: string): Promise<{ pool: pg.Pool; close(): Promise<void> }> {
  const startParams = [...PGlite.defaultStartParams.filter((p: string) => p !== '-F'), '-c', 'wal_sync_method=fsync']
  const options: PGliteOptions = { fs: new DurableNodeFS(directory), startParams }
  const pglite = await PGlite.create(options)
  const pool = new pg.Pool({ ...createPgConfig(pglite), max: 1 } as unknown as pg.PoolConfig)
  return {
    pool,
    async close() {
      await pool.end()
      await pglite.close()
    },
  }
}
