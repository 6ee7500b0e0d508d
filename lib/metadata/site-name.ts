import masthead from '#messages/masthead.json' with { type: 'json' }

/** The site's name, which its masthead and metadata show. */
export const SITE_NAME: string = masthead.name
