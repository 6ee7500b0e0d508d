import { z } from 'zod'

const WIDTH = 100

const HEADER = 'Copy to .env and change what you need; every line is optional.'

/**
 * Makes the text of `.env.example`: each variable with its description, commented out, and with its
 * default or an example as the value.
 */
export function makeEnvExample(variables: z.ZodRawShape): string {
  const { properties = {} } = z.toJSONSchema(z.object(variables), { io: 'input' })
  const parts = Object.entries(properties).map(([name, schema]) => {
    const { description = '', example, default: value } = schema as z.core.JSONSchema.Schema
    return `${comment(description)}# ${name}=${example ?? value ?? ''}\n`
  })
  return [comment(HEADER), ...parts].join('\n')
}

/** Returns the text as comment lines of at most `WIDTH` characters, broken between words. */
function comment(text: string): string {
  const fitting = new RegExp(`(?<![^ \\n])(.{1,${WIDTH - 2}})(?: |$)`, 'gm')
  return text.replace(fitting, '# $1\n').replaceAll('\n\n', '\n')
}
