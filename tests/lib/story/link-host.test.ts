import { expect, test } from 'vitest'
import { linkHost } from '#lib/story/link-host.ts'

test.each([
  ['https://www.reuters.com/world/us/a-long-address?of=it#all', 'The report', 'reuters.com'],
  ['http://example.org:8080', 'The report', 'example.org:8080'],
  ['https://example.org/a', 'https://example.org/a', undefined],
  ['https://www.example.org/a', 'From example.org', undefined],
  ['/author', 'The author', undefined],
  ['#votes', 'The votes', undefined],
  ['mailto:a@example.org', 'Ann', undefined],
  ['http://[', 'Broken', undefined],
])('%s behind "%s": %s', (address, text, host) => {
  expect(linkHost(address, text)).toBe(host)
})
