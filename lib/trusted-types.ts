/** Scripts that may come later: what the build has made, and the workers for the proof of work and for no network. */
const OWN = /^\/(_next|proof|sw)/

/**
 * Lets the page load its own scripts by their addresses, where the page's policy asks for Trusted Types.
 * The story's loader (`lib/loader.ts`) has done it already: a policy may be made once.
 */
export function allowOwnScripts(): void {
  if (window.trustedTypes && !window.trustedTypes.defaultPolicy)
    window.trustedTypes.createPolicy('default', {
      createScriptURL: (path) => (OWN.test(path) ? path : null),
    })
}
