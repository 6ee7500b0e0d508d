// Tests app/api/moderation/, lib/api/moderate.ts, lib/api/moderation-input.ts, lib/api/moderator-session.ts
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { POST as reports } from '#app/api/comments/[id]/reports/route.ts'
import { PATCH } from '#app/api/comments/[id]/route.ts'
import { POST as comments } from '#app/api/comments/route.ts'
import { POST as bans } from '#app/api/moderation/bans/route.ts'
import { POST as decisions } from '#app/api/moderation/decisions/route.ts'
import { POST as erasures } from '#app/api/moderation/erasures/route.ts'
import { POST as settings } from '#app/api/moderation/settings/route.ts'
import { POST as undo } from '#app/api/moderation/undo/route.ts'
import { POST as votes } from '#app/api/votes/route.ts'
import type { Comment } from '#lib/comments/comment.ts'
import { getStore } from '#lib/store/index.ts'
import { cookieOf, expectError, postForm, postJson, storePerTest } from '#tests/support/handlers.ts'
import { signIn } from '#tests/support/sign-in.ts'

storePerTest()
const LINKS = 'https://a.example https://b.example https://c.example'
const write = async (text = 'Hello', headers: HeadersInit = {}) => {
  const letter = { name: 'Ann', text, key: randomUUID() }
  const response = await comments(postJson('/api/comments', letter, headers))
  return { response, comment: (await response.json()) as Comment }
}
const seen = async (id: string) => (await (await getStore()).readModeratedComment(id))!.version
const statusOf = async (id: string) =>
  (await (await getStore()).readModeratedComment(id))!.comment.status

test.each([
  ['decisions', decisions, { act: 'approve', [`comment-${randomUUID()}`]: 'held..0' }],
  ['undo', undo, { batch: randomUUID() }],
  ['bans', bans, { act: 'ban', comment: randomUUID(), kind: 'reader', time: '1 day' }],
  ['settings', settings, { act: 'comments', comments: 'closed' }],
  ['erasures', erasures, { comment: randomUUID(), sure: 'yes' }],
])('%s are for who is signed in, from a page of the site', async (name, post, fields) => {
  const path = `/api/moderation/${name}`
  await expectError(await post(postForm(path, fields)), 401, 'signed_out')
  const forged = { cookie: 'desk=x.y' }
  await expectError(await post(postForm(path, fields, forged)), 401, 'signed_out')
  const elsewhere = { ...(await signIn()), origin: 'https://evil.example' }
  await expectError(await post(postForm(path, fields, elsewhere)), 403, 'wrong_origin')
  const store = await getStore()
  expect((await store.readAuditLog()).entries).toEqual([])
  expect(await store.readModerationSettings()).toEqual({ comments: 'article', heldWords: [] })
})

test('all of a reader’s own is erased by a moderator who is sure, and the log names nobody', async () => {
  const cookie = await signIn()
  const { comment, response } = await write('Mine')
  await votes(postJson('/api/votes', { vote: 'up' }, cookieOf(response)))
  const path = '/api/moderation/erasures'
  const erase = (fields: Record<string, string>) => erasures(postForm(path, fields, cookie))
  await expectError(await erase({ comment: comment.id }), 422, 'invalid')
  await expectError(await erase({ comment: randomUUID(), sure: 'yes' }), 404, 'not_found')
  const answer = await erase({ comment: comment.id, sure: 'yes' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/moderation/log'])
  const store = await getStore()
  expect(await store.readTally()).toMatchObject({ up: 0 })
  expect(await store.readComments()).toMatchObject({ comments: [], total: 0 })
  const { entries: acts } = await store.readAuditLog()
  expect(acts).toMatchObject([{ action: 'erase', detail: '1, 1', comment: null }])
})

test('one or many comments are decided on, and the moderator comes back to where they were', async () => {
  const cookie = await signIn()
  const ids = [
    (await write(`${LINKS}/1`)).comment.id,
    (await write(`${LINKS}/2`)).comment.id,
    (await write(`${LINKS}/3`)).comment.id,
  ]
  const fields = Object.fromEntries(
    await Promise.all(ids.slice(0, 2).map(async (id) => [`comment-${id}`, await seen(id)])),
  ) as Record<string, string>
  const path = '/api/moderation/decisions'
  const both = { act: 'approve', after: ids[0]!, ...fields }
  const response = await decisions(postForm(path, both, cookie))
  expect([response.status, response.headers.get('location')]).toEqual([
    303,
    `/moderation?after=${ids[0]}`,
  ])
  expect(await Promise.all(ids.map(statusOf))).toEqual(['published', 'published', 'held'])

  const again = await decisions(postForm(path, both, cookie))
  const { message } = await expectError(again, 409, 'changed_meanwhile')
  expect(message).toMatch(
    /^Not approved\.(\nThe comment by Ann is published\. Last changed by Mia, .+ UTC\.){2}$/,
  )
  const { entries: acts } = await (await getStore()).readAuditLog()
  expect(acts).toHaveLength(2)

  const back = await undo(postForm('/api/moderation/undo', { batch: acts[0]!.batch }, cookie))
  expect(back.headers.get('location')).toBe('/moderation')
  expect(await Promise.all(ids.map(statusOf))).toEqual(['held', 'held', 'held'])
  const twice = await undo(postForm('/api/moderation/undo', { batch: acts[0]!.batch }, cookie))
  await expectError(twice, 409, 'changed_meanwhile')
})

test('of many, those that nobody was at meanwhile are decided on', async () => {
  const [mia, ben] = [await signIn('Mia'), await signIn('Ben')]
  const [one, two] = [
    (await write(`${LINKS}/1`)).comment.id,
    (await write(`${LINKS}/2`)).comment.id,
  ]
  const path = '/api/moderation/decisions'
  const fields = { [`comment-${one}`]: await seen(one), [`comment-${two}`]: await seen(two) }
  await decisions(postForm(path, { act: 'refuse', [`comment-${two}`]: await seen(two) }, ben))
  const response = await decisions(postForm(path, { act: 'approve', ...fields }, mia))
  const { message } = await expectError(response, 409, 'changed_meanwhile')
  expect(message).toMatch(
    /^Not approved\.\nThe comment by Ann has been rejected\. .+ by Ben, .+\nDone for 1 other comment\.$/,
  )
  expect([await statusOf(one), await statusOf(two)]).toEqual(['published', 'refused'])
})

test.each([
  [{}, { act: 'Please choose an action.' }],
  [{ act: 'publish', [`comment-${randomUUID()}`]: '' }, { act: 'Please choose an action.' }],
  [{ act: 'approve', 'comment-x': '' }, { 'comment-x': 'Unknown field.' }],
  [{ act: 'approve', other: '' }, { other: 'Unknown field.' }],
  [{ act: 'approve', at: 'https://evil.example' }, { at: 'Must be an ID.' }],
])('a decision of %j is refused by field', async (fields, problems) => {
  const response = await decisions(postForm('/api/moderation/decisions', fields, await signIn()))
  expect((await expectError(response, 422, 'invalid')).fields).toMatchObject(problems)
})

test('a decision on nothing says so', async () => {
  const fields = { act: 'approve' }
  const response = await decisions(postForm('/api/moderation/decisions', fields, await signIn()))
  expect((await expectError(response, 422, 'invalid')).message).toBe('Please select a comment.')
})

test('a banned household stays banned in every network of its own, and no other is', async () => {
  const cookie = await signIn()
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const { comment } = await write('Hello', from('2001:db8:1:200::1'))
  const fields = { act: 'ban', comment: comment.id, kind: 'network', time: '1 day' }
  await bans(postForm('/api/moderation/bans', fields, cookie))
  const vote = (address: string) => votes(postJson('/api/votes', { vote: 'up' }, from(address)))
  for (const address of ['2001:db8:1:200::1', '2001:db8:1:201::1', '2001:db8:1:2ff:9::9'])
    expect((await vote(address)).status, address).toBe(403)
  for (const address of ['2001:db8:1:300::1', '2001:db8:2:200::1', '192.0.2.1'])
    expect((await vote(address)).status, address).toBe(200)
})

test('who is banned is told until when, and keeps nobody else from writing', async () => {
  const cookie = await signIn()
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const { response, comment } = await write('Hello', from('192.0.2.1'))
  const reader = cookieOf(response)
  const ban = (kind: string, time: string) =>
    bans(postForm('/api/moderation/bans', { act: 'ban', comment: comment.id, kind, time }, cookie))
  expect((await ban('reader', '1 day')).headers.get('location')).toBe(
    `/moderation/comment?id=${comment.id}`,
  )
  const vote = (headers: HeadersInit) => votes(postJson('/api/votes', { vote: 'up' }, headers))
  const { message } = await expectError(await vote(reader), 403, 'banned')
  expect(message).toMatch(/^You cannot vote or comment here until \w+ \d+, \d{4} at .+ UTC\.$/)
  expect((await write('Hello', reader)).response.status).toBe(403)
  // Another browser of the same network, until that is banned, too.
  expect((await vote(from('192.0.2.1'))).status).toBe(200)
  await ban('network', '1 hour')
  expect((await vote(from('192.0.2.1'))).status).toBe(403)
  expect((await vote(from('192.0.2.2'))).status).toBe(200)
  const path = `/api/comments/${comment.id}`
  const elsewhere = from('192.0.2.1')
  const edit = { text: 'Other words' }
  const patch = new Request(postJson(path, edit, { ...reader, ...elsewhere }), { method: 'PATCH' })
  await expectError(await PATCH(patch), 403, 'banned')
  const report = postJson(`${path}/reports`, { reason: 'spam' }, elsewhere)
  await expectError(await reports(report), 403, 'banned')

  for (const { id } of await (await getStore()).readBans())
    await bans(postForm('/api/moderation/bans', { act: 'unban', ban: id }, cookie))
  expect((await vote(reader)).status).toBe(200)
  const fields = { act: 'unban', ban: randomUUID() }
  await expectError(await bans(postForm('/api/moderation/bans', fields, cookie)), 404, 'not_found')
})

test.each([
  [{ act: 'ban', comment: randomUUID(), kind: 'reader', time: '1 day' }, 404, 'ban_gone'],
  [{ act: 'ban', comment: randomUUID(), kind: 'city', time: '1 day' }, 422, 'invalid'],
  [{ act: 'ban', comment: randomUUID(), kind: 'reader', time: 'constructor' }, 422, 'invalid'],
])('a ban of %j is refused', async (fields, status, code) => {
  const response = await bans(postForm('/api/moderation/bans', fields, await signIn()))
  await expectError(response, status, code)
})

test('the comments are opened, held and closed at the desk, whatever the article says', async () => {
  const cookie = await signIn()
  const set = (state: string) =>
    settings(postForm('/api/moderation/settings', { act: 'comments', comments: state }, cookie))
  expect((await set('closed')).headers.get('location')).toBe(
    '/moderation/settings?saved=comments#saved',
  )
  await expectError(
    await comments(postJson('/api/comments', { name: 'Ann', text: 'x', key: randomUUID() })),
    403,
    'comments_closed',
  )
  await set('held')
  expect((await write()).comment.status).toBe('held')
  await set('article')
  expect((await write()).comment.status).toBe('published')
})

test('words of the desk let a comment wait; a list that another changed meanwhile is not undone', async () => {
  const cookie = await signIn()
  const set = (words: string, before: string) =>
    settings(postForm('/api/moderation/settings', { act: 'words', words, before }, cookie))
  await set('casino\r\n\r\n  cheap pills  \r\n', '')
  expect((await write('Win at our CASINO')).comment.status).toBe('held')
  await set('casino\nshoes', 'casino')
  expect((await (await getStore()).readModerationSettings()).heldWords).toEqual([
    'casino',
    'cheap pills',
    'shoes',
  ])
  await set('', 'casino\ncheap pills\nshoes')
  expect((await write('Win at our other casino')).comment.status).toBe('published')
  await expectError(await set('a\0', ''), 422, 'invalid')
  await expectError(await set('a'.repeat(101), ''), 422, 'invalid')
})

test('a moderator writes in the author’s name, and nobody else does', async () => {
  const { comment } = await write()
  const reply = { as: 'author', name: 'Anybody', text: LINKS, parent: comment.id }
  await expectError(await comments(postForm('/api/comments', reply)), 403, 'not_signed_in')
  const session = await signIn()
  const response = await comments(
    postJson('/api/comments', { ...reply, key: randomUUID() }, session),
  )
  expect(response.status).toBe(201)
  const store = await getStore()
  const { author } = await (await import('#lib/story/content.ts')).loadContent()
  expect(await response.json()).toMatchObject({
    name: author.name,
    byAuthor: true,
    status: 'published',
    parent: { id: comment.id },
  })
  await store.setCommentState('closed', 'Mia')
  const word = { ...reply, text: 'The last word' }
  expect((await comments(postForm('/api/comments', word, session))).status).toBe(303)
  // Signed in, but as a reader.
  const asReader = { name: author.name, text: 'Hello', key: randomUUID() }
  await store.setCommentState('open', 'Mia')
  const plain = await comments(postJson('/api/comments', asReader, session))
  await expectError(plain, 422, 'invalid')
})
