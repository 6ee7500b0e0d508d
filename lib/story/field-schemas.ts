import * as z from 'zod'

/** Accepts text that is not empty, without the spaces around it. */
export const text = z.string('must be text').trim().min(1, 'must not be empty')

/** Takes a field without a value, as templates leave it, for one that is not there. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (isEmpty(value) ? undefined : value), schema)

/** Returns whether there is nothing in a value, or in any part of it. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value !== 'object' || value === null) return value === null || value === undefined
  const parts = Object.values(value)
  return parts.length > 0 && parts.every(isEmpty)
}
