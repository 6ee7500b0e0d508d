import messages from '#messages/colophon.json' with { type: 'json' }

/**
 * The site's feeds by media type, for `alternates.types` of Next's metadata. A page that sets other
 * `alternates` has to repeat them.
 */
export const FEED_LINKS = {
  'application/atom+xml': [
    { url: '/feed.atom', title: messages.story },
    { url: '/comments.atom', title: messages.comments },
  ],
  'application/rss+xml': [{ url: '/feed.rss', title: messages.story }],
  'application/feed+json': [{ url: '/feed.json', title: messages.story }],
}
