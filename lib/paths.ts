/** Where a vote on the story leads that was sent without script: the server shows it there. */
export const VOTED = '/?voted'
