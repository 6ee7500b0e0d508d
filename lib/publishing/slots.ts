import { relative } from 'node:path'
import { rolldown } from 'rolldown'
import { FOR_PREACT } from '#lib/publishing/islands.ts'
import { SLOTS } from '#lib/server/slots.ts'

/**
 * Bundles the components that the server renders, with all that they need.
 *
 * @returns the code of our own modules by their paths
 */
export async function buildSlots(): Promise<Record<string, string>> {
  const bundle = await rolldown({
    input: 'components/slots.tsx',
    platform: 'node',
    ...FOR_PREACT,
  })
  const { output } = await bundle.write({ file: SLOTS, format: 'esm', codeSplitting: false })
  await bundle.close()
  const own = Object.entries(output[0].modules).filter(([id]) => !id.includes('node_modules'))
  return Object.fromEntries(own.map(([id, { code }]) => [relative('.', id), code ?? '']))
}
