import { BansPage } from '#components/moderation/bans-page.tsx'
import { loadBans } from '#lib/pages/load-moderation-pages.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadBans, BansPage)
