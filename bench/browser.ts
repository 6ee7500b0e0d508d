import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { median } from '#bench/median.ts'
import { startBroadside } from '#bench/servers.ts'
import { CHROMIUM_FLAGS, needChromium } from '#scripts/testing/chromium.ts'

/**
 * The story on slow 4G (1.6 Mbit/s, 150 ms) with a processor four times slower, beside a bare file of
 * the same bytes and no script; medians of nine visits (or as the first argument says) each, in
 * turns. Then, on the same page, how soon after the first scroll a vote that is given at once has its
 * effect and the page is usable, how long it blocks after it, how fast a click answers, and what moved.
 */
const VISITS = Number(process.argv[2] ?? 9)
const story = await readFile('.next/documents/index.html', 'utf8')
const loader = story.match(/<script data-src=.*?<\/script>/s)![0]
const bytes = brotliCompressSync(story.replace(loader, `<!--${loader.slice(9, -10)}-->`))
const bare = createServer((_, response) =>
  response
    .writeHead(200, {
      'content-encoding': 'br',
      'content-length': bytes.length,
      'content-type': 'text/html; charset=utf-8',
    })
    .end(bytes),
).listen(0, '127.0.0.1')
const site = await startBroadside()
const browser = await chromium.launch({ executablePath: needChromium(), args: CHROMIUM_FLAGS })
const origins = {
  bare: `http://127.0.0.1:${(bare.address() as AddressInfo).port}`,
  story: site.origin,
}
const paints: Record<keyof typeof origins, { first: number; largest: number }[]> = {
  bare: [],
  story: [],
}
const visits: Visit[] = []

for (let i = 0; i < VISITS; i++)
  for (const name of ['bare', 'story'] as const) {
    const page = await openSlowly(browser, origins[name])
    paints[name].push(await page.evaluate(() => window.measured))
    if (name === 'story') visits.push(await act(page))
    await page.context().close()
  }

for (const paint of ['first', 'largest'] as const) {
  const [least, ours] = [paints.bare, paints.story].map((all) =>
    median(all.map((one) => one[paint])),
  )
  console.log(
    `${paint} paint: ${Math.round(ours!)} ms, bare file ${Math.round(least!)} ms, ratio ${(ours! / least!).toFixed(2)} (bar 1.15)`,
  )
}
const show = (what: string, read: (visit: Visit) => number, bar: string) =>
  console.log(`${what}: ${median(visits.map(read)).toFixed(0)} (bar ${bar})`)
show('blocking time before intent, ms', (visit) => visit.blocking, '0')
show('first vote with effect after the first scroll, ms', (visit) => visit.effect, '800')
show('usable after the first scroll, ms', (visit) => visit.usable, '1500')
show('blocking time after intent, ms', (visit) => visit.blockingAfter, '120')
show('click on Upvote answers in, ms', (visit) => visit.click, '100')
show('layout shift, thousandths', (visit) => visit.shift * 1000, '0')
await browser.close()
await site.stop()
bare.close()

type Visit = {
  blocking: number
  blockingAfter: number
  effect: number
  usable: number
  click: number
  shift: number
}
declare global {
  interface Window {
    measured: {
      first: number
      largest: number
      blocking: number
      shift: number
      click: number
      ready: number
      effect: number
    }
  }
}

async function openSlowly(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(() => {
    const measured = {
      first: 0,
      largest: 0,
      blocking: 0,
      shift: 0,
      click: 0,
      ready: 0,
      effect: 0,
    }
    window.measured = measured
    const observe = (type: string, read: (entry: never) => void, more = {}) =>
      new PerformanceObserver((list) =>
        list.getEntries().forEach((entry) => read(entry as never)),
      ).observe({
        type,
        buffered: true,
        ...more,
      })
    observe('paint', (entry: PerformanceEntry) => {
      if (entry.name === 'first-contentful-paint') measured.first = entry.startTime
    })
    observe(
      'largest-contentful-paint',
      (entry: PerformanceEntry) => (measured.largest = entry.startTime),
    )
    observe('longtask', (entry: PerformanceEntry) => (measured.blocking += entry.duration - 50))
    observe(
      'layout-shift',
      (entry: PerformanceEntry & { value: number }) => (measured.shift += entry.value),
    )
    observe(
      'event',
      (entry: PerformanceEntry) => {
        if (entry.name === 'click' || entry.name === 'pointerup')
          measured.click = Math.max(measured.click, entry.duration)
      },
      { durationThreshold: 16 },
    )
    addEventListener('hydrated', () => (measured.ready = performance.now()))
  })
  await page.goto(origin, { waitUntil: 'networkidle' })
  return page
}

/** Scrolls and votes at once, waits until the page is usable, and votes again. */
async function act(page: Page): Promise<Visit> {
  const { blocking } = await page.evaluate(() => window.measured)
  await page.evaluate(() => {
    const status = document.querySelector('#votes [role=status]')!
    new MutationObserver(() => {
      if (/[1-9]\d* Upvotes/.test(status.textContent)) window.measured.effect ||= performance.now()
    }).observe(status, { characterData: true, childList: true, subtree: true })
  })
  const scrolled = await page.evaluate(() => performance.now())
  await page.mouse.wheel(0, 300)
  await page.evaluate(() => document.querySelector<HTMLElement>('#votes button')!.click())
  await page.waitForFunction(() => window.measured.ready > 0 && window.measured.effect > 0)
  await page.waitForLoadState('networkidle')
  const button = page.getByRole('button', { name: 'Downvote' })
  await button.scrollIntoViewIfNeeded()
  await button.click()
  await page.getByText(/[1-9]\d* Downvotes/).waitFor()
  // Two frames on, the click's own entry has been reported.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
  const { ready, effect, click, shift, blocking: all } = await page.evaluate(() => window.measured)
  return {
    blocking,
    blockingAfter: all - blocking,
    effect: effect - scrolled,
    usable: ready - scrolled,
    click,
    shift,
  }
}
