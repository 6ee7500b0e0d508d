/**
 * All the script that a page carries until its reader does something. It counts the view, holds a form
 * that is sent before the islands answer, and at the first sign of intent loads their scripts and the
 * whole style, which what they add may need. `lib/publishing/documents.ts` puts it, minified, into every
 * page, with the addresses in `data-src`.
 */
interface Window {
  /** The answer to the view counted here, for the component that shows it. */
  viewed?: Promise<{ views: number }>
  trustedTypes?: {
    defaultPolicy: object | null
    createPolicy(
      name: string,
      rules: { createScriptURL(path: string): string | null },
    ): { createScriptURL(path: string): unknown }
  }
}

{
  const { src, view, now } = document.currentScript!.dataset
  const intents = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'focusin']
  const sources = src!.split(' ')
  /** Forms sent before the islands answer, each with the button it was last sent by. */
  const held = new Map<HTMLFormElement, HTMLElement | null>()

  // What the build has made may run, and what it loads later; see `lib/trusted-types.ts`.
  window.trustedTypes?.createPolicy('default', {
    createScriptURL: (path) => (/^\/(_next|proof|sw)/.test(path) ? path : null),
  })
  const make = (name: string, properties: object) =>
    Object.assign(document.createElement(name), properties)

  const load = () => {
    // Once: of what is taken out nothing is left.
    for (const path of sources.splice(0))
      document.head.append(
        /css$/.test(path)
          ? make('link', { rel: 'stylesheet', href: path })
          : make('script', { type: 'module', src: path, onerror: release }),
      )
  }

  const hold = (event: SubmitEvent) => {
    event.preventDefault()
    held.set(event.target as HTMLFormElement, event.submitter)
    load()
    setTimeout(release, 5_000)
  }

  /** Now forms are the islands'; or, where these do not come, the browser's own. */
  const release = () => {
    removeEventListener('submit', hold, true)
    held.forEach((submitter, form) => form.requestSubmit(submitter))
    held.clear()
  }

  for (const intent of intents) addEventListener(intent, load, { once: true, passive: true })
  addEventListener('submit', hold, true)
  addEventListener('hydrated', release)
  addEventListener('error', release)
  // Where the address leads to a vote or a comment, and on pages that cannot wait, such as a kept copy.
  if (now || /^#(votes|comment|leave)/.test(location.hash)) load()
  if (view)
    (window.viewed = fetch('/api/views', { method: 'POST' }).then((answer) => answer.json())).catch(
      () => {},
    )
}
