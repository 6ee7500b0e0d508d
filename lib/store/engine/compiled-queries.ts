import { type Compilable, CompiledQuery, type DialectAdapter, type Kysely } from 'kysely'
import type { Database } from '#lib/store/engine/schema.ts'

/** Of each open store, by name and number of values; a batch has `LARGEST_BATCH` at most. */
const statements = new WeakMap<DialectAdapter, Map<string, string>>()

/**
 * Executes a statement that is written once for each number of values, and then only given others:
 * for a batch of fifty, Kysely takes longer to write one than SQLite to follow it.
 *
 * @param name the same for the same statement
 * @param values all of its parameters, in their order: what never differs stands in it as a literal
 */
export async function executeCompiled<Output>(
  db: Kysely<Database>,
  name: string,
  values: unknown[],
  write: () => Compilable<Output>,
): Promise<Output[]> {
  const { adapter } = db.getExecutor()
  const kept = statements.get(adapter) ?? new Map<string, string>()
  statements.set(adapter, kept)
  const key = `${name} ${values.length}`
  const statement = kept.get(key) ?? compile(write, values)
  kept.set(key, statement)
  const { rows } = await db.executeQuery<Output>(CompiledQuery.raw(statement, values))
  return rows
}

/** @throws when it has parameters besides these values: the next would get those of the first */
function compile(write: () => Compilable<unknown>, values: unknown[]): string {
  const { sql, parameters } = write().compile()
  const isWhole =
    parameters.length === values.length &&
    parameters.every((parameter, index) => parameter === values[index])
  if (isWhole) return sql
  throw new Error(`The parameters of a kept statement are not its values: ${sql}`)
}
