import * as challenge from '#app/api/challenge/route.ts'
import * as comment from '#app/api/comments/[id]/route.ts'
import * as reports from '#app/api/comments/[id]/reports/route.ts'
import * as comments from '#app/api/comments/route.ts'
import * as erasure from '#app/api/erasure/route.ts'
import * as health from '#app/api/health/route.ts'
import * as live from '#app/api/live/route.ts'
import * as bans from '#app/api/moderation/bans/route.ts'
import * as decisions from '#app/api/moderation/decisions/route.ts'
import * as moderationErasures from '#app/api/moderation/erasures/route.ts'
import * as session from '#app/api/moderation/session/route.ts'
import * as moderationSettings from '#app/api/moderation/settings/route.ts'
import * as undo from '#app/api/moderation/undo/route.ts'
import * as views from '#app/api/views/route.ts'
import * as votes from '#app/api/votes/route.ts'
import * as commentsFeed from '#app/comments.atom/route.ts'
import * as atomFeed from '#app/feed.atom/route.ts'
import * as jsonFeed from '#app/feed.json/route.ts'
import * as rssFeed from '#app/feed.rss/route.ts'
import * as metrics from '#app/metrics/route.ts'
import * as moderationFeed from '#app/moderation.atom/route.ts'
import * as openApi from '#app/openapi.json/route.ts'
import * as robots from '#app/robots.txt/route.ts'
import * as sitemap from '#app/sitemap.xml/route.ts'
import { loadCommentsPage, sharedKey } from '#lib/pages/load-comments-page.ts'
import {
  loadBans,
  loadComment,
  loadLog,
  loadQueue,
  loadSettings,
} from '#lib/pages/load-moderation-pages.ts'
import type { Routes } from '#lib/server/find-route.ts'

/** A page for moderators, which no cache keeps and no search engine lists. */
const FOR_MODERATORS = { shell: 'moderation', isPrivate: true } as const

/** All that the site answers at, by path; `[id]` stands for a UUID. */
export const routes: Routes = {
  '/': { document: 'index' },
  '/author': { document: 'author' },
  '/offline': { document: 'offline' },
  '/privacy': { document: 'privacy' },
  '/comments': { shell: 'comments', slot: 'comments', load: loadCommentsPage, sharedKey },
  '/moderation': { ...FOR_MODERATORS, slot: 'queue', load: loadQueue },
  '/moderation/bans': { ...FOR_MODERATORS, slot: 'bans', load: loadBans },
  '/moderation/comment': { ...FOR_MODERATORS, slot: 'review', load: loadComment },
  '/moderation/log': { ...FOR_MODERATORS, slot: 'log', load: loadLog },
  '/moderation/settings': { ...FOR_MODERATORS, slot: 'settings', load: loadSettings },
  '/api/challenge': { methods: challenge },
  '/api/comments': { methods: comments },
  '/api/comments/[id]': { methods: comment },
  '/api/comments/[id]/reports': { methods: reports },
  '/api/erasure': { methods: erasure },
  // Balancers and Prometheus ask for these.
  '/api/health': { methods: health, budget: 'none' },
  '/api/live': { methods: live },
  '/api/moderation/bans': { methods: bans },
  '/api/moderation/decisions': { methods: decisions },
  '/api/moderation/erasures': { methods: moderationErasures },
  '/api/moderation/session': { methods: session },
  '/api/moderation/settings': { methods: moderationSettings },
  '/api/moderation/undo': { methods: undo },
  '/api/views': { methods: views },
  '/api/votes': { methods: votes },
  '/comments.atom': { methods: commentsFeed, budget: 'pages' },
  '/feed.atom': { methods: atomFeed },
  '/feed.json': { methods: jsonFeed },
  '/feed.rss': { methods: rssFeed },
  '/metrics': { methods: metrics, budget: 'none' },
  '/moderation.atom': { methods: moderationFeed, budget: 'pages' },
  '/openapi.json': { methods: openApi },
  '/robots.txt': { methods: robots },
  '/sitemap.xml': { methods: sitemap },
}
