import { expect, test } from 'vitest'
import { generateMetadata as describeAuthor } from '#app/author/page.tsx'
import { generateMetadata as describeStory } from '#app/page.tsx'

process.env.SITE_URL = 'https://story.example/'

test('with SITE_URL each page that a search may find has one whole address', async () => {
  const [story, author] = await Promise.all([describeStory(), describeAuthor()])
  expect(story.alternates!.canonical).toBe('https://story.example/')
  expect(author.alternates!.canonical).toBe('https://story.example/author')
})
