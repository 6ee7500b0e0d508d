import { SettingsPage } from '#components/moderation/settings-page.tsx'
import { loadSettings } from '#lib/pages/load-moderation-pages.ts'
import { nextPage } from '#lib/pages/next-page.ts'

export default nextPage(loadSettings, SettingsPage)
