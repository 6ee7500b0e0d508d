import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { needFirefox } from '#scripts/testing/firefox.ts'

/** A page in Firefox, driven by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/ */
export type FirefoxPage = {
  open: (url: string) => Promise<void>
  /** Evaluates an expression in the page; its value must be JSON. */
  read: <Value>(expression: string) => Promise<Value>
  /** Scrolls to an element, moves the pointer onto it and presses. */
  click: (selector: string) => Promise<void>
  type: (text: string) => Promise<void>
  /** Presses Tab, or it and Shift, until an expression about the focused `element` is true. */
  tabTo: (expression: string, isBackwards?: boolean) => Promise<void>
  /** Makes the window as many CSS pixels wide. */
  resize: (width: number) => Promise<void>
  /** What was said on the console, and errors of pages. */
  noise: string[]
  close: () => Promise<void>
}

/** Keys that stand for no character: https://www.w3.org/TR/webdriver2/#keyboard-actions */
export const KEYS = { Enter: '\ue007', Shift: '\ue008', Tab: '\ue004' }
/** Said by Firefox when a page is left while its worker still brings the icon, which `load` does not wait for. */
const ICON_OF_A_PAGE_LEFT = /\/icon\.svg’\. A ServiceWorker intercepted the request and encountered/
/** More than a page has places that Tab leads to. */
const MOST_TABS = 200

/** Starts Firefox without a window, on a new profile. */
export async function openFirefox(): Promise<FirefoxPage> {
  const profile = await mkdtemp(join(tmpdir(), 'broadside-firefox-'))
  const firefox = spawn(
    needFirefox(),
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      // As root it does not start in the home of somebody else.
      env: { ...process.env, HOME: profile },
    },
  )
  const { send, noise, end } = await connect(firefox)
  await send('session.new', { capabilities: {} })
  await send('session.subscribe', { events: ['log.entryAdded'] })
  // Unlike the tab that it begins with, this one has the focus: else Enter would press no button.
  const { context } = (await send('browsingContext.create', { type: 'tab' })) as { context: string }
  const read = async <Value>(expression: string): Promise<Value> => {
    const { result, exceptionDetails } = (await send('script.evaluate', {
      expression: `Promise.resolve(${expression}).then(JSON.stringify)`,
      target: { context },
      awaitPromise: true,
    })) as { result?: { value?: string }; exceptionDetails?: { text: string } }
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`)
    return (result?.value === undefined ? undefined : JSON.parse(result.value)) as Value
  }
  /** Presses keys together, and then those of the next list. */
  const press = async (chords: string[][]) => {
    const actions = chords.flatMap((keys) => [
      ...keys.map((value) => ({ type: 'keyDown', value })),
      ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
    ])
    await send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] })
  }
  return {
    noise,
    read,
    open: async (url) =>
      void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    click: async (selector) => {
      const [x, y] = await read<[number, number]>(
        `(() => { const element = document.querySelector(${JSON.stringify(selector)}); element.scrollIntoView({ block: 'center', behavior: 'instant' }); const { left, top, width, height } = element.getBoundingClientRect(); return [Math.round(left + width / 2), Math.round(top + height / 2)] })()`,
      )
      const actions = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await send('input.performActions', {
        context,
        actions: [{ type: 'pointer', id: 'mouse', actions }],
      })
    },
    type: (text) => press([...text].map((character) => [character])),
    tabTo: async (expression, isBackwards = false) => {
      const isFocused = `(element => ${expression})(document.activeElement)`
      for (let presses = 0; !(await read<boolean>(isFocused)); presses++) {
        if (presses === MOST_TABS) throw new Error(`Tab leads to nothing with ${expression}`)
        await press([isBackwards ? [KEYS.Shift, KEYS.Tab] : [KEYS.Tab]])
      }
    },
    resize: async (width) =>
      void (await send('browsingContext.setViewport', {
        context,
        viewport: { width, height: 740 },
      })),
    close: async () => {
      end()
      firefox.kill()
      await once(firefox, 'exit')
      await rm(profile, { recursive: true, force: true })
    },
  }
}

type Message = {
  id?: number
  type: string
  error?: string
  message?: string
  method?: string
  result?: unknown
  params?: { level?: string; text?: string }
}

async function connect(firefox: ChildProcess) {
  const said: string[] = []
  const address = await new Promise<string>((found, reject) => {
    createInterface(firefox.stderr!).on('line', (line) => {
      said.push(line)
      const url = line.match(/WebDriver BiDi listening on (ws:\S+)/)?.[1]
      if (url) found(url)
    })
    firefox.once('exit', (code) =>
      reject(new Error(`Firefox stopped with ${code}: ${said.join('\n')}`)),
    )
  })
  const socket = new WebSocket(`${address}/session`)
  await once(socket, 'open')
  const noise: string[] = []
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (
      message.method === 'log.entryAdded' &&
      !ICON_OF_A_PAGE_LEFT.test(message.params!.text ?? '')
    )
      noise.push(`${message.params!.level}: ${message.params!.text}`)
    const asked = waiting.get(message.id ?? -1)
    if (message.type === 'error') asked?.reject(new Error(`${message.error}: ${message.message}`))
    else asked?.resolve(message.result)
  }
  let count = 0
  const send = (method: string, params: object): Promise<unknown> => {
    const asked = Promise.withResolvers<unknown>()
    waiting.set(++count, asked)
    socket.send(JSON.stringify({ id: count, method, params }))
    return asked.promise
  }
  return { send, noise, end: () => socket.close() }
}
