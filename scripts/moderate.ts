import { parseArgs } from 'node:util'
import { v7 as newId } from 'uuid'
import { decideAll, undoAll } from '#lib/api/moderate.ts'
import {
  problemSentences,
  reasonSentence,
  type MessageLanguage,
} from '#lib/moderation/moderation-messages.ts'
import {
  BAN_KINDS,
  BAN_TIMES,
  type BanKind,
  type BanTime,
  COMMENT_STATES,
  type CommentState,
  type Decision,
  DECISIONS,
  type ModeratedComment,
} from '#lib/moderation/moderation.ts'
import { getStore } from '#lib/store/index.ts'
import { requireStore } from '#lib/store/maintenance.ts'
import { runCommand, UsageError } from '#scripts/command.ts'
import { inLine, print, printError } from '#lib/terminal.ts'
import dateMessages from '../messages/en/dates.json' with { type: 'json' }
import messages from '../messages/en/desk-sentences.json' with { type: 'json' }

/** `npm run moderate`: what moderators do at `/moderation`, without a browser. */
const USAGE = `npm run moderate                            lists what is held or reported, the oldest first
npm run moderate -- approve ID …            shows comments to everyone; reports on them are settled
npm run moderate -- refuse ID …             shows them to nobody but their writers
npm run moderate -- delete ID …             shows them to nobody; their words are kept
npm run moderate -- restore ID …            shows them again
npm run moderate -- undo [BATCH]            takes back what was decided last, or at once as in the log
npm run moderate -- ban ID reader|network TIME
                                            keeps who wrote a comment from writing and voting for
                                            ${Object.keys(BAN_TIMES).join(', ')}
npm run moderate -- bans                    lists who is banned
npm run moderate -- unban BAN               ends a ban
npm run moderate -- words [add|remove WORD …]
                                            lists or changes the words that let a comment wait
npm run moderate -- comments [${COMMENT_STATES.join('|')}]
                                            tells or sets whether readers may write
npm run moderate -- log                     lists who did what, the newest first
    --as NAME                               the name that the log gets
It ends with 0 when all was done, else with 1.`

const ENGLISH: MessageLanguage = { messages, language: 'en', moment: dateMessages.moment }
const DECIDED: Record<Decision, string> = {
  approve: 'approved',
  refuse: 'refused',
  delete: 'deleted',
  restore: 'restored',
}

type Run = (rest: string[], moderator: string) => Promise<void>
const COMMANDS: Record<string, Run> = { list, undo, ban, bans, unban, words, comments, log }

await runCommand(USAGE, async (args) => {
  const options = { as: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [name = 'list', ...rest] = positionals
  const moderator = values.as?.trim() || 'command line'
  const isDecision = Object.hasOwn(DECISIONS, name)
  if (!isDecision && !Object.hasOwn(COMMANDS, name))
    throw new UsageError(`${name}: there is no such act.`)
  await requireStore()
  if (isDecision) await decide(name as Decision, rest, moderator)
  else await COMMANDS[name]!(rest, moderator)
})

async function list(): Promise<void> {
  const store = await getStore()
  let queue = await store.readQueue()
  if (queue.pending === 0) print('No comment waits for approval or is reported.')
  for (;;) {
    for (const item of queue.comments) show(item)
    if (!queue.next) return
    queue = await store.readQueue(queue.next)
  }
}

function show({ comment, reason, reports, othersTotal, banned }: ModeratedComment): void {
  const { id, createdAt, status, name, text } = comment
  print(`${id}  ${time(createdAt)}  ${status === 'held' ? inLine(reason ?? 'held') : status}`)
  if (status === 'held') print(`  ${reasonSentence(reason, ENGLISH)}`)
  for (const { reason, count, notes } of reports) {
    print(`  reported as ${inLine(reason)}: ${count}`)
    for (const note of notes) print(`    ${inLine(note)}`)
  }
  for (const [kind, until] of Object.entries(banned))
    if (until !== null) print(`  ${kind} banned until ${time(until)}`)
  const others = othersTotal > 0 ? ` (${othersTotal} more by the same reader)` : ''
  print(`  ${inLine(name)}${others}`)
  for (const line of text.split('\n')) print(`  | ${line}`)
}

async function decide(decision: Decision, ids: string[], moderator: string): Promise<void> {
  if (ids.length === 0) throw new UsageError(`Name the comments to ${decision} by their ids.`)
  const batch = newId()
  for (const id of ids) {
    const comments = [{ id: id.toLowerCase() }]
    const outcome = await decideAll(decision, comments, moderator, batch)
    const problems = problemSentences(outcome, ENGLISH)
    if (problems) fail(`${inLine(id)}: ${inLine(problems.join(' '))}`)
    else print(`${inLine(id)} is ${DECIDED[decision]}.`)
  }
}

async function undo([batch]: string[], moderator: string): Promise<void> {
  const last = await (await getStore()).readLastBatch()
  const chosen = batch ?? last[0]?.batch
  const problems = chosen
    ? problemSentences(await undoAll(chosen, moderator), ENGLISH)
    : [messages.nothingToUndo]
  if (problems) return fail(inLine(problems.join(' ')))
  if (chosen !== last[0]?.batch) return print('It is undone.')
  for (const { action: act, comment, moderator } of last)
    print(`Undone: ${act} ${comment}, by ${inLine(moderator)}.`)
}

async function ban([comment, kind, ...words]: string[], moderator: string): Promise<void> {
  const span = words.join(' ')
  if (!comment) throw new UsageError('Name the comment for which to ban.')
  if (!BAN_KINDS.includes(kind as BanKind))
    throw new UsageError(`Say whom to ban: ${BAN_KINDS.join(' or ')}.`)
  if (!Object.hasOwn(BAN_TIMES, span))
    throw new UsageError(`Say for how long: ${Object.keys(BAN_TIMES).join(', ')}.`)
  const wanted = { comment: comment.toLowerCase(), kind: kind as BanKind, time: span as BanTime }
  const banned = await (await getStore()).addBan({ ...wanted, moderator })
  if ('until' in banned) print(`The ${kind} is banned until ${time(banned.until)}.`)
  else if (banned.problem === 'gone') fail(`${comment}: there is no such comment any more`)
  else fail(`${comment}: its network is kept for a day and forgotten by now; ban the reader`)
}

async function bans(): Promise<void> {
  const all = await (await getStore()).readBans()
  if (all.length === 0) print('Nobody is banned.')
  for (const { id, kind, comment, name, expires, moderator } of all)
    print(
      `${id}  ${kind}  until ${time(expires)}\n  for ${comment} by ${inLine(name)}; banned by ${inLine(moderator)}`,
    )
}

async function unban([id]: string[], moderator: string): Promise<void> {
  if (!id) throw new UsageError('Name the ban by its id, as npm run moderate -- bans lists it.')
  if (await (await getStore()).liftBan(id.toLowerCase(), moderator)) print('It is lifted.')
  else fail(`${id}: there is no such ban any more`)
}

async function words([act, ...rest]: string[], moderator: string): Promise<void> {
  const store = await getStore()
  const list = rest.map((word) => word.trim()).filter(Boolean)
  if (act !== undefined && !['add', 'remove'].includes(act))
    throw new UsageError(`${act}: words can be added and removed.`)
  if (act && list.length === 0) throw new UsageError(`Name the words to ${act}.`)
  const before = (await store.readModerationSettings()).heldWords
  if (act === 'remove')
    for (const word of list.filter((word) => !before.includes(word)))
      fail(`${inLine(word)}: this is not in the list`)
  if (act) await store.changeHeldWords({ add: [], remove: [], [act]: list }, moderator)
  for (const word of (await store.readModerationSettings()).heldWords) print(inLine(word))
}

async function comments([state]: string[], moderator: string): Promise<void> {
  const store = await getStore()
  if (state !== undefined && !COMMENT_STATES.includes(state as CommentState))
    throw new UsageError(`${state}: comments can be ${COMMENT_STATES.join(', ')}.`)
  if (state) await store.setCommentState(state as CommentState, moderator)
  print((await store.readModerationSettings()).comments)
}

async function log(): Promise<void> {
  const store = await getStore()
  for (let before: string | undefined; ;) {
    const { entries: acts, next } = await store.readAuditLog(before)
    for (const { at, moderator, action: act, detail, comment, batch, undone } of acts)
      print(
        [time(at), inLine(moderator), act, inLine(detail), comment, undone && 'undone', batch]
          .filter(Boolean)
          .join('  '),
      )
    if (!next) return
    before = next
  }
}

function time(at: number): string {
  return new Date(at).toISOString()
}

function fail(message: string): void {
  printError(message)
  process.exitCode = 1
}
