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
import dateMessages from '#messages/en/dates.json' with { type: 'json' }
import messages from '#messages/en/desk-sentences.json' with { type: 'json' }

/** `npm run moderate`: what moderators do at `/moderation`, without a browser. */
const USAGE = `npm run moderate                            lists comments to review, oldest first
npm run moderate -- approve ID …            publishes comments and closes reports on them
npm run moderate -- refuse ID …             rejects them: hides them from everyone but their authors
npm run moderate -- delete ID …             hides them from everyone; the text is kept
npm run moderate -- restore ID …            publishes them again
npm run moderate -- undo [BATCH]            undoes the last decision, or the BATCH that the log shows
npm run moderate -- ban ID reader|network TIME
                                            bans the reader who wrote a comment, or their network,
                                            from voting and commenting for
                                            ${Object.keys(BAN_TIMES).join(', ')}
npm run moderate -- bans                    lists active bans
npm run moderate -- unban BAN               lifts a ban
npm run moderate -- words [add|remove WORD …]
                                            lists or changes the words that hold a comment for approval
npm run moderate -- comments [${COMMENT_STATES.join('|')}]
                                            shows or sets whether readers can comment
npm run moderate -- log                     lists moderation activity, newest first
    --as NAME                               your name in the log
Exits with 0 if everything was done, otherwise with 1.`

const ENGLISH: MessageLanguage = { messages, language: 'en', moment: dateMessages.moment }
const DECIDED: Record<Decision, string> = {
  approve: 'approved',
  refuse: 'rejected',
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
    throw new UsageError(`${name}: unknown command.`)
  await requireStore()
  if (isDecision) await decide(name as Decision, rest, moderator)
  else await COMMANDS[name]!(rest, moderator)
})

async function list(): Promise<void> {
  const store = await getStore()
  let queue = await store.readQueue()
  if (queue.pending === 0) print('Nothing to review.')
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
  const others = othersTotal > 0 ? ` (${othersTotal} more by this reader)` : ''
  print(`  ${inLine(name)}${others}`)
  for (const line of text.split('\n')) print(`  | ${line}`)
}

async function decide(decision: Decision, ids: string[], moderator: string): Promise<void> {
  if (ids.length === 0) throw new UsageError(`Give the IDs of the comments to ${decision}.`)
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
  if (chosen !== last[0]?.batch) return print('Undone.')
  for (const { action: act, comment, moderator } of last)
    print(`Undone: ${act} ${comment}, by ${inLine(moderator)}.`)
}

async function ban([comment, kind, ...words]: string[], moderator: string): Promise<void> {
  const span = words.join(' ')
  if (!comment) throw new UsageError('Give the ID of a comment by the reader to ban.')
  if (!BAN_KINDS.includes(kind as BanKind))
    throw new UsageError(`Give what to ban: ${BAN_KINDS.join(' or ')}.`)
  if (!Object.hasOwn(BAN_TIMES, span))
    throw new UsageError(`Give the duration: ${Object.keys(BAN_TIMES).join(', ')}.`)
  const wanted = { comment: comment.toLowerCase(), kind: kind as BanKind, time: span as BanTime }
  const banned = await (await getStore()).addBan({ ...wanted, moderator })
  if ('until' in banned) print(`The ${kind} is banned until ${time(banned.until)}.`)
  else if (banned.problem === 'gone') fail(`${comment}: this comment no longer exists`)
  else
    fail(
      `${comment}: its network is no longer known (it is kept for a day); ban the reader instead`,
    )
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
  if (!id) throw new UsageError('Give the ID of the ban; "npm run moderate -- bans" lists them.')
  if (await (await getStore()).liftBan(id.toLowerCase(), moderator)) print('Ban lifted.')
  else fail(`${id}: this ban has ended or never existed`)
}

async function words([act, ...rest]: string[], moderator: string): Promise<void> {
  const store = await getStore()
  const list = rest.map((word) => word.trim()).filter(Boolean)
  if (act !== undefined && !['add', 'remove'].includes(act))
    throw new UsageError(`${act}: use "add" or "remove".`)
  if (act && list.length === 0) throw new UsageError(`Give the words to ${act}.`)
  const before = (await store.readModerationSettings()).heldWords
  if (act === 'remove')
    for (const word of list.filter((word) => !before.includes(word)))
      fail(`${inLine(word)}: not in the list`)
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
