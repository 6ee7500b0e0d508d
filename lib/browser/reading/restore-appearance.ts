/** Key in localStorage of how the pages look; see `lib/browser/reading/appearance.ts`. */
export const APPEARANCE_KEY = 'look'

/**
 * The script in every page’s head, which runs before the first paint: it applies the saved style to the root
 * element, and again when another tab changes it or the page returns from the back/forward cache.
 */
export const RESTORE_APPEARANCE = `(onpageshow=onstorage=()=>{try{document.documentElement.style.cssText=localStorage.${APPEARANCE_KEY}||""}catch{}})()`
