/** Where the browser keeps how the reader wants the pages to look; see `lib/browser/reading/appearance.ts`. */
export const APPEARANCE_KEY = 'look'

/**
 * The script in every page's head, before anything is painted: the root element gets the style that was
 * kept, and again when another tab changes it or the page comes back from the browser's memory.
 */
export const RESTORE_APPEARANCE = `(onpageshow=onstorage=()=>{try{document.documentElement.style.cssText=localStorage.${APPEARANCE_KEY}||""}catch{}})()`
