import { existsSync } from 'node:fs'
import { closeStore, getStore } from '#lib/store/index.ts'

/** `npm run moderate`: lists the comments that wait for approval, approves or refuses them. */
const USAGE = `npm run moderate                   lists the comments that wait, the oldest first
npm run moderate -- approve ID …   shows them to everyone
npm run moderate -- refuse ID …    shows them to nobody, their writers included`

if (existsSync('.env')) process.loadEnvFile()
const [act = 'list', ...ids] = process.argv.slice(2)
const status = { approve: 'published', refuse: 'refused' } as const

try {
  if (act === 'list') await list()
  else if (Object.hasOwn(status, act) && ids.length > 0)
    await decide(status[act as keyof typeof status])
  else fail(USAGE)
} catch (error) {
  fail((error as Error).message)
} finally {
  await closeStore()
}

async function list(): Promise<void> {
  const held = await (await getStore()).readHeld()
  if (held.length === 0) console.log('No comment waits for approval.')
  for (const { comment, reason } of held) {
    const time = new Date(comment.createdAt).toISOString()
    console.log(`${comment.id}  ${time}  ${reason}\n  ${printable(comment.name)}`)
    for (const line of comment.text.split('\n')) console.log(`  | ${printable(line)}`)
  }
}

async function decide(to: 'published' | 'refused'): Promise<void> {
  const store = await getStore()
  for (const id of ids)
    if (await store.setStatus(id.toLowerCase(), to)) console.log(`${id} is ${to}.`)
    else fail(`${id}: there is no such comment`)
}

/** A terminal obeys control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
