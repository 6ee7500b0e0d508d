import { type Compilable, CompiledQuery, type DialectAdapter, type Kysely } from 'kysely'
import type { Database } from '#lib/store/engine/schema.ts'

/** SQL of each open store by name and number of values, which `LARGEST_BATCH` bounds. */
const compiledQueries = new WeakMap<DialectAdapter, Map<string, string>>()

/**
 * Executes a query that is compiled once for each number of values: for a batch of fifty, Kysely takes
 * longer to compile it than SQLite to execute it.
 *
 * @param name identifies the query
 * @param values all of its parameters, in order; what never differs has to be a literal in it
 * @param write builds the query with these values
 * @throws when the query has other parameters than the values
 */
export async function executeCompiled<Output>(
  db: Kysely<Database>,
  name: string,
  values: unknown[],
  write: () => Compilable<Output>,
): Promise<Output[]> {
  const { adapter } = db.getExecutor()
  const ofStore = compiledQueries.get(adapter) ?? new Map<string, string>()
  compiledQueries.set(adapter, ofStore)
  const key = `${name} ${values.length}`
  const statement = ofStore.get(key) ?? compile(write, values)
  ofStore.set(key, statement)
  const { rows } = await db.executeQuery<Output>(CompiledQuery.raw(statement, values))
  return rows
}

/** @throws when it has other parameters than the values, which later executions would repeat */
function compile(write: () => Compilable<unknown>, values: unknown[]): string {
  const { sql, parameters } = write().compile()
  const isWhole =
    parameters.length === values.length &&
    parameters.every((parameter, index) => parameter === values[index])
  if (isWhole) return sql
  throw new Error(`The parameters of a compiled query are not its values: ${sql}`)
}
