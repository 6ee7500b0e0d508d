/** What `server.ts` is told by its environment; `.env.example` explains each. */
export type Settings = { port: number; host: string | undefined; workers: number }

/** @throws an error that names every wrong variable, with the remedy. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const problems: string[] = []
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const text = environment[name]
    const value = text ? Number(text) : fallback
    if ((text && !/^\d+$/.test(text)) || value < least || value > most)
      problems.push(`${name} must be a whole number from ${least} to ${most}, found "${text}"`)
    return value
  }
  const settings = {
    port: whole('PORT', 3000, 0, 65_535),
    host: environment.HOST || undefined,
    workers: whole('WEB_CONCURRENCY', 1, 1, 128),
  }
  if (problems.length > 0) throw new Error(problems.join('; '))
  return settings
}
