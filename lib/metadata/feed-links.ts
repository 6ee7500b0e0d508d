import words from '#messages/colophon.json' with { type: 'json' }

/** The site's feeds by their media types, as Next's metadata has them; a page that says more repeats them. */
export const FEEDS = {
  'application/atom+xml': [
    { url: '/feed.atom', title: words.story },
    { url: '/comments.atom', title: words.comments },
  ],
  'application/rss+xml': '/feed.rss',
  'application/feed+json': '/feed.json',
}
