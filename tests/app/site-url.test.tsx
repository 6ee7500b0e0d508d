// Tests app/layout.tsx, app/author/, lib/metadata/canonical-url.ts
import { expect, test } from 'vitest'
import { generateMetadata as describeAuthor } from '#app/author/page.tsx'
import { generateMetadata as describeStory } from '#app/page.tsx'
import { loadContent } from '#lib/story/content.ts'

process.env.SITE_URL = 'https://story.example/'

test('with SITE_URL each page that a search may find has one whole address', async () => {
  const [story, author] = await Promise.all([describeStory(), describeAuthor()])
  expect(story.alternates!.canonical).toBe('https://story.example/')
  expect(author.alternates!.canonical).toBe('https://story.example/author')
})

test('a link to the author is shown with name and biography', async () => {
  const { title, description, openGraph } = await describeAuthor()
  const { author } = await loadContent()
  expect(title).toBe(`About ${author.name}`)
  expect(author.html).toContain(description)
  expect(openGraph).toMatchObject({
    type: 'profile',
    title,
    description,
    url: 'https://story.example/author',
  })
})
