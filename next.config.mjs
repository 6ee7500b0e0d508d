/**
 * JavaScript, so that a server that starts needs no compiler for it: 100 MB of an image.
 *
 * @type {import('next').NextConfig}
 */
const config = {
  agentRules: false,
  experimental: {
    // The stylesheet travels in the document: a linked one costs a reader on slow 4G another 0.6 s.
    inlineCss: true,
    // It would load every route handler again, which server.ts calls directly.
    preloadEntriesOnStart: false,
  },
  // Metadata stands in the head for everyone: without scripts nothing could move it there.
  htmlLimitedBots: /.*/,
  // A page of the kind `page.dev.tsx` is there only while the publisher writes.
  pageExtensions: ['tsx', 'ts', ...(process.env.NODE_ENV === 'development' ? ['dev.tsx'] : [])],
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: {
    resolveAlias: {
      // Next's stand-in for it holds timers that nothing calls: 0.6 KB for every reader.
      'next/dist/compiled/process': { browser: './lib/browser-process.ts' },
    },
  },
  // `npm test` checks the types, tests' included; a publisher's build need not wait for that.
  typescript: { ignoreBuildErrors: true },
}

export default config
