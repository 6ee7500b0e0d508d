import { LogPage } from '#components/moderation/log-page.tsx'
import { loadLog } from '#lib/pages/moderation.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadLog, LogPage)
