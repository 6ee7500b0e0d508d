import type { NextConfig } from 'next'

const config: NextConfig = {
  agentRules: false,
  // Beside what is served: see `lib/publishing/builds.ts`.
  distDir: '.next/next',
  experimental: {
    // `next start` would load every route handler again at its start.
    preloadEntriesOnStart: false,
  },
  // Metadata stands in the head for everyone: without scripts nothing could move it there.
  htmlLimitedBots: /.*/,
  // A page of the kind `page.dev.tsx` is there only while the publisher writes.
  pageExtensions: ['tsx', 'ts', ...(process.env.NODE_ENV === 'development' ? ['dev.tsx'] : [])],
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types, tests' included; a publisher's build need not wait for that.
  typescript: { ignoreBuildErrors: true },
}

export default config
