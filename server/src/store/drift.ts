/** Drift: the database against the policy. What the policy does not declare cannot be kept, so the studio will not start on it. */
import { policy } from '@sotto/policy'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** A table or column that the policy does not declare, or that it declares and the database lacks. */
export class DriftError extends Error {
  override name = 'DriftError'
  readonly code = 'drift'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`the database and the policy differ: ${faults.join('; ')}`)
    this.faults = faults
  }
}

/** Compares every table and column of the present schema with the policy's tables, both ways. @throws DriftError */
export async function checkDrift(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns where table_schema = current_schema()`.execute(db)
  const declared: Record<string, { columns: Record<string, string> }> = policy.tables
  const faults: string[] = []
  const seen = new Set<string>()
  for (const { table_name, column_name } of rows) {
    seen.add(`${table_name}.${column_name}`)
    if (!declared[table_name]) faults.push(`table ${table_name} is not in the policy`)
    else if (!(column_name in declared[table_name].columns))
      faults.push(`column ${table_name}.${column_name} is not in the policy`)
  }
  for (const [table, { columns }] of Object.entries(declared))
    for (const column of Object.keys(columns))
      if (!seen.has(`${table}.${column}`)) faults.push(`column ${table}.${column} is missing`)
  if (faults.length) throw new DriftError([...new Set(faults)])
}
