import { QueuePage } from '#components/moderation/queue-page.tsx'
import { loadQueue } from '#lib/pages/load-moderation-pages.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadQueue, QueuePage)
