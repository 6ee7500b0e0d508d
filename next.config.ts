import type { NextConfig } from 'next'

const config: NextConfig = {
  agentRules: false,
  experimental: {
    // The stylesheet travels in the document: a linked one costs a reader on slow 4G another 0.6 s.
    inlineCss: true,
    // It would load every route handler again, which server.ts calls directly.
    preloadEntriesOnStart: false,
  },
  // Metadata stands in the head for everyone: without scripts nothing could move it there.
  htmlLimitedBots: /.*/,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types, tests' included; a publisher's build need not wait for that.
  typescript: { ignoreBuildErrors: true },
}

export default config
