import type { BrowserContext } from '@playwright/test'

/** Collects every dialog that opens and everything that a page's policy had to stop. */
export async function listenForAlarms(context: BrowserContext): Promise<string[]> {
  const alarms: string[] = []
  context.on('dialog', async (dialog) => {
    alarms.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  await context.exposeFunction('alarm', (what: string) => void alarms.push(what))
  await context.addInitScript(() => {
    const { alarm } = window as never as { alarm: (what: string) => void }
    addEventListener('securitypolicyviolation', ({ violatedDirective, sample, blockedURI }) =>
      alarm(`policy: ${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  return alarms
}
