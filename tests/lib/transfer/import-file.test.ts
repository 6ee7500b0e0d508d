// Tests lib/transfer/
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importFile } from '#lib/transfer/import-file.ts'
import { openStore, type Store } from '#lib/store/index.ts'
import { ATTACKS } from '#tests/support/attacks.ts'
import { type TestDatabase, makeMigratedSqlite } from '#tests/support/stores.ts'

let place: TestDatabase
let store: Store
let folder: string
beforeEach(async () => {
  place = await makeMigratedSqlite()
  store = await openStore(place.url)
  folder = await mkdtemp(join(tmpdir(), 'broadside-files-'))
})
afterEach(async () => {
  await store.close()
  await place.remove()
  await rm(folder, { recursive: true })
})
const read = async (text: string | Buffer, options?: Parameters<typeof importFile>[2]) => {
  const path = join(folder, 'file')
  await writeFile(path, text)
  return importFile(store, path, options)
}
const shown = async () => (await store.readComments({ sort: 'oldest' }))!.comments
const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

type Fields = Record<string, string>
const WORDPRESS_COMMENT: Fields = {
  comment_id: '1',
  comment_author: cdata('Ann'),
  comment_author_email: 'ann@example.org',
  comment_date_gmt: '2012-05-01 17:03:11',
  comment_content: cdata('Hello\nthere'),
  comment_approved: '1',
  comment_type: 'comment',
  comment_parent: '0',
  comment_user_id: '0',
}
const wordpressComment = (fields: Fields) =>
  `<wp:comment>${Object.entries({ ...WORDPRESS_COMMENT, ...fields })
    .map(([name, value]) => `<wp:${name}>${value}</wp:${name}>`)
    .join('')}<wp:commentmeta><wp:meta_key>akismet</wp:meta_key></wp:commentmeta></wp:comment>`
const wordpress = (...items: string[][]) => `<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.8" -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blog</title><wp:base_blog_url>https://blog.example</wp:base_blog_url>
<wp:author><wp:author_id>7</wp:author_id><wp:author_login>${cdata('editor')}</wp:author_login></wp:author>
${items
  .map(
    (comments, index) => `<item><title>${cdata(`Post ${index + 1}`)}</title>
<dc:creator>${cdata('editor')}</dc:creator><content:encoded>${cdata('<p>Words</p>')}</content:encoded>
<wp:post_id>${10 + index}</wp:post_id><wp:post_type>post</wp:post_type>${comments.join('')}</item>`,
  )
  .join('')}</channel></rss>`

describe('a WordPress export', () => {
  test('brings comments with their names, times, words and places', async () => {
    const file = wordpress([
      wordpressComment({ comment_id: '2', comment_parent: '1', comment_user_id: '7' }),
      wordpressComment({
        comment_author: cdata('Tom &amp; Jerry'),
        comment_content: cdata('Some <strong>bold</strong> &lt;words&gt;\n\nand more'),
      }),
    ])
    const { report, from } = await read(file)
    expect(from).toBe('a WordPress export, of "Post 1"')
    expect(report.added.get('comment')).toBe(2)
    expect(await shown()).toMatchObject([
      {
        name: 'Tom & Jerry',
        text: 'Some **bold** \\<words>\n\nand more',
        createdAt: Date.UTC(2012, 4, 1, 17, 3, 11),
        byAuthor: false,
        parent: null,
      },
      { name: 'Ann', text: 'Hello\nthere', byAuthor: true, parent: { name: 'Tom & Jerry' } },
    ])
  })

  test('twice is the same as once, and later exports add what is new', async () => {
    const first = wordpressComment({})
    await read(wordpress([first]))
    const before = await shown()
    expect((await read(wordpress([first]))).report.added.size).toBe(0)
    expect(await shown()).toEqual(before)
    const answer = wordpressComment({ comment_id: '5', comment_parent: '1' })
    expect((await read(wordpress([first, answer]))).report.added.get('comment')).toBe(1)
    expect(await shown()).toHaveLength(2)
  })

  test('says what it leaves out and why, and replies to that find another place', async () => {
    const { report } = await read(
      wordpress([
        wordpressComment({}),
        wordpressComment({ comment_id: '2', comment_approved: 'spam', comment_parent: '1' }),
        wordpressComment({ comment_id: '3', comment_parent: '2' }),
        wordpressComment({ comment_id: '4', comment_type: 'pingback' }),
        wordpressComment({ comment_id: '5', comment_approved: 'trash' }),
        wordpressComment({ comment_id: '6', comment_content: cdata('<img src=x>') }),
        wordpressComment({ comment_id: '7', comment_content: 'x'.repeat(5_001) }),
        wordpressComment({ comment_id: '8', comment_author: 'n'.repeat(81) }),
        wordpressComment({ comment_id: '9', comment_date_gmt: '0000-00-00 00:00:00' }),
        wordpressComment({ comment_id: '10', comment_parent: '99' }),
        wordpressComment({ comment_id: '11', comment_author: '', comment_approved: '0' }),
        wordpressComment({ comment_id: '10' }),
      ]),
    )
    expect(Object.fromEntries(report.leftOut)).toEqual({
      spam: 1,
      pingback: 1,
      trash: 1,
      empty: 1,
      'too long': 1,
      'a name that is too long': 1,
      'without a time': 1,
      'its id is there twice': 1,
    })
    expect(Object.fromEntries(report.moved)).toEqual({
      'the comment it replies to was skipped': 1,
      'the comment it replies to is not in the file': 1,
    })
    const comments = await shown()
    expect(comments.filter(({ parent }) => parent)).toMatchObject([{ parent: { name: 'Ann' } }])
    const [held] = (await store.readQueue()).comments
    expect(held).toMatchObject({ reason: 'imported', comment: { name: 'Anonymous' } })
  })

  test('with several posts one must be chosen', async () => {
    const file = wordpress(
      [wordpressComment({})],
      [wordpressComment({ comment_id: '2' }), wordpressComment({ comment_id: '3' })],
    )
    await expect(read(file)).rejects.toThrow('--post 11   2 under "Post 2"')
    await expect(read(file, { post: '12' })).rejects.toThrow('12 was not found; choose one')
    await expect(read(file, { thread: '11' })).rejects.toThrow(
      '--thread does not apply to a WordPress',
    )
    expect((await read(file, { post: '11' })).report.added.get('comment')).toBe(2)
  })

  test('a writer’s comments are one reader’s, who can be erased', async () => {
    const other = { comment_id: '3', comment_author_email: 'ben@example.org' }
    const file = wordpress([
      wordpressComment({}),
      wordpressComment({ comment_id: '2' }),
      wordpressComment(other),
    ])
    await read(file)
    const { id } = (await shown())[0]!
    expect(await store.eraseReader((await store.readerOf(id))!)).toMatchObject({ comments: 2 })
    const { report } = await read(file)
    expect(report.added.size).toBe(0)
    expect(await shown()).toHaveLength(1)
    expect(JSON.stringify(await place.dump())).not.toContain('example.org')
  })

  test('attacks become words', async () => {
    const comments = ATTACKS.map((attack, index) =>
      wordpressComment({
        comment_id: String(index + 1),
        comment_content: cdata(attack.replace(/(?![\t\n])\p{Cc}/gu, '')),
      }),
    )
    const { report } = await read(wordpress(comments))
    const leftOut = [...report.leftOut.values()].reduce((sum, count) => sum + count, 0)
    expect(report.added.get('comment')! + leftOut).toBe(ATTACKS.length)
    expect(report.added.get('comment')).toBeGreaterThan(ATTACKS.length / 3)
  })

  test('10,000 comments come in', async () => {
    const comments = Array.from({ length: 10_000 }, (_, i) =>
      wordpressComment({ comment_id: String(i + 1), comment_parent: String(i) }),
    )
    const { report } = await read(wordpress(comments))
    expect(report.added.get('comment')).toBe(10_000)
    expect((await store.readComments())!.total).toBe(10_000)
  })
})

const disqusPost = (id: string, fields = '', message = `<p>Hello from ${id}</p>`) =>
  `<post dsq:id="${id}"><id/><message>${cdata(message)}</message>
<createdAt>2013-02-03T04:05:06Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ann</name><isAnonymous>false</isAnonymous><username>ann1</username></author>
<thread dsq:id="100" />${fields}</post>`
const disqus = (...posts: string[]) => `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<category dsq:id="1"><title>General</title></category>
<thread dsq:id="100"><id>x</id><link>https://example.org/story</link><title>The story</title>
<author><name>Publisher</name></author></thread>${posts.join('')}</disqus>`

test('a Disqus export brings its comments, and says what it leaves out', async () => {
  const { report, from } = await read(
    disqus(
      disqusPost('1'),
      disqusPost('2', '<parent dsq:id="1"/>'),
      disqusPost('3', '<parent dsq:id="2"/>').replace('<isDeleted>false', '<isDeleted>true'),
      disqusPost('4', '<parent dsq:id="3"/>', 'one<br><br>two <a href="https://a.example">x</a>'),
      disqusPost('5').replace('<isSpam>false', '<isSpam>true'),
    ),
  )
  expect(from).toBe('a Disqus export, of "The story"')
  expect(Object.fromEntries(report.leftOut)).toEqual({ deleted: 1, spam: 1 })
  const comments = await shown()
  expect(comments.map(({ text }) => text)).toEqual([
    'Hello from 1',
    'Hello from 2',
    'one\n\ntwo [x](https://a.example)',
  ])
  expect(comments.map(({ depth }) => depth)).toEqual([0, 1, 2])
  expect(comments[0]).toMatchObject({ name: 'Ann', createdAt: Date.UTC(2013, 1, 3, 4, 5, 6) })
})

test('replies in a circle stand, each once', async () => {
  const { report } = await read(
    disqus(disqusPost('1', '<parent dsq:id="2"/>'), disqusPost('2', '<parent dsq:id="1"/>')),
  )
  expect(report.moved.get('it answers itself, by way of others')).toBe(1)
  expect(await shown()).toHaveLength(2)
})

const bomb = `<?xml version="1.0"?><!DOCTYPE disqus [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 20 },
  (_, i) => `<!ENTITY b${i} "${`&${i ? `b${i - 1}` : 'a'};`.repeat(10)}">`,
).join('')}]>`

test.each([
  ['an empty file', '', 'this file is empty'],
  ['what npm has written into', '\n> broadside export\n\n{}', 'npm run --silent export'],
  ['another kind of file', 'name,text\nAnn,Hello', 'not an export'],
  ['another JSON', '{"comments": []}\n', 'line 1: this is not a Broadside export'],
  ['XML that is cut off', disqus(disqusPost('1')).slice(0, -40), /not well-formed XML: line \d+/],
  ['XML with a wrong tag', disqus('<post><b></post>'), /not well-formed XML: line \d+/],
  [
    'a bomb of entities',
    bomb + disqus(disqusPost('1').replace('Ann', '&b19;')).replace(/<\?.*\?>/, ''),
    /not well-formed XML.*entity/,
  ],
  ['a text without end', disqus(disqusPost('1', '', 'x'.repeat(1_100_000))), /text is longer/],
  ['an export without comments', disqus(), 'there are no comments'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x0a]), 'not UTF-8'],
])('of %s nothing is taken, and the fault is named', async (_, text, message) => {
  const before = await place.dump()
  await expect(read(text)).rejects.toThrow(message)
  expect(await place.dump()).toEqual(before)
})

test('elements nested without end stay out', async () => {
  const deep = disqusPost('1', '', '<b>'.repeat(5_000) + 'x')
  const { report } = await read(
    disqus(
      deep,
      `<post dsq:id="2">${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</post>`,
      disqusPost('3'),
    ),
    { thread: '100' },
  )
  expect(report.leftOut.get('too many tags')).toBe(1)
  expect(await shown()).toHaveLength(1)
})
