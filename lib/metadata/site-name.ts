import masthead from '#messages/masthead.json' with { type: 'json' }

/** The name of the sheet, as its masthead and everything that tells of it says it. */
export const MASTHEAD: string = masthead.name
