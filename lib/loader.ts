/**
 * All the script a page carries until its reader does something. It counts the view, holds a form
 * that is sent before React is there, and at the first sign of intent loads Next and React.
 * `lib/documents.ts` puts it, minified, into every prerendered page, with their addresses in
 * `data-src`.
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
  const { src, view, kept } = document.currentScript!.dataset
  const intents = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'scroll', 'focusin']
  /** Forms sent before React is there, each with the button it was last sent by. */
  const held = new Map<HTMLFormElement, HTMLElement | null>()
  let loading = false

  const load = () => {
    if (loading) return
    loading = true
    for (const intent of intents) removeEventListener(intent, load)
    // What the build has made may run, and what it loads later; see `lib/trusted-types.ts`.
    window.trustedTypes?.createPolicy('default', {
      createScriptURL: (path) => (/^\/(_next|proof|sw)/.test(path) ? path : null),
    })
    for (const path of src!.split(' ')) {
      const script = document.createElement('script')
      script.src = path
      // Said in the markup, too: by it React knows the script as one that it has.
      script.async = true
      script.onerror = release
      document.head.append(script)
    }
  }

  const hold = (event: SubmitEvent) => {
    event.preventDefault()
    held.set(event.target as HTMLFormElement, event.submitter)
    load()
    setTimeout(release, 5_000)
  }

  /** Now forms are React's; or, where it does not come, the browser's own. */
  const release = () => {
    removeEventListener('submit', hold, true)
    held.forEach((submitter, form) => form.requestSubmit(submitter))
    held.clear()
  }

  for (const intent of intents) addEventListener(intent, load, { passive: true })
  addEventListener('submit', hold, true)
  addEventListener('hydrated', release)
  addEventListener('error', release)
  // A vote or a comment that the address leads to is shown by React, as is that there is no network.
  if (kept || /^#(votes|comment|leave)/.test(location.hash)) load()
  if (view) {
    window.viewed = fetch('/api/views', { method: 'POST' }).then((answer) => answer.json())
    window.viewed.catch(() => {})
  }
}
