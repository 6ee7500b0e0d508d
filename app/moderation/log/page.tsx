import { LogPage } from '#components/moderation/log-page.tsx'
import { loadLog } from '#lib/pages/load-moderation-pages.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadLog, LogPage)
