/** All of Node's `process` that scripts in the browser ask for. */
export const env = {}
