import type { IncomingMessage } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { requestId } from '#lib/http/request-id.ts'
import { getSettings, readSettings } from '#lib/settings/settings.ts'

const { trustsProxy } = getSettings()
afterEach(() => void (getSettings().trustsProxy = trustsProxy))

const idOf = (claimed?: string) =>
  requestId({
    headers: { 'x-request-id': claimed },
    socket: { remoteAddress: '10.0.0.1' },
  } as unknown as IncomingMessage)

test('what a trusted proxy calls a request is its name', () => {
  getSettings().trustsProxy = readSettings({ TRUSTED_PROXIES: '10.0.0.0/8' }).trustsProxy
  for (const id of [
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    '0123456789abcdef',
    'Root=1-67891233:a',
  ])
    expect(idOf(id)).toBe(id)
})

test('what would not be a name is not taken, from a trusted proxy either', () => {
  getSettings().trustsProxy = readSettings({ TRUSTED_PROXIES: '10.0.0.0/8' }).trustsProxy
  for (const id of [
    'short',
    'a b c d e f',
    'x'.repeat(129),
    '<script>alert(1)</script>',
    '12345678\u001b',
  ])
    expect(idOf(id)).not.toBe(id)
})

test('anybody else’s word is not taken, and no name is given twice', () => {
  const claimed = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  const names = [idOf(claimed), idOf(claimed), idOf()]
  expect(new Set([...names, claimed]).size).toBe(4)
})
