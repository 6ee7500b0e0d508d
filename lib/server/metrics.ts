import cluster from 'node:cluster'
import { subscribe } from 'node:diagnostics_channel'
import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  register,
} from 'prom-client'
import { live } from '#lib/live/live-updates.ts'
import {
  type AnsweredRequest,
  type Commit,
  commits,
  failures,
  requests,
} from '#lib/logging/events.ts'
import { isUnavailable, queuedWrites } from '#lib/store/index.ts'
import { askPrimary } from '#lib/server/cluster-metrics.ts'
import { WORKER } from '#lib/server/cluster.ts'

export const METRICS_TYPE = register.contentType

/** Methods that are anybody's are not counted by name. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'])
/** It is answered for as long as somebody listens. */
const STREAM = '/api/live'

/** Begins to count. Each worker counts for itself, and is told from others by the label `worker`. */
export function startMetrics(): void {
  collectDefaultMetrics()
  if (cluster.isWorker) {
    register.setDefaultLabels({ worker: process.env[WORKER] })
    // It answers when the primary process asks.
    new AggregatorRegistry()
  }
  countRequests()
  countWrites()
  countFailures()
  new Gauge({
    name: 'broadside_live_listeners',
    help: 'Readers who listen at /api/live.',
    collect() {
      this.set(live.size)
    },
  })
}

/** All that was counted, in Prometheus' text format: of all workers, where there are several. */
export function readMetrics(): Promise<string> {
  return cluster.isWorker ? askPrimary() : register.metrics()
}

function countRequests(): void {
  // A look at the library's counter for every request would take twice as long.
  const counts = new Map<string, { labels: Record<string, string>; count: number }>()
  new Counter({
    name: 'broadside_http_requests_total',
    help: 'Requests that were answered, by route and class of status.',
    labelNames: ['method', 'route', 'status'],
    collect() {
      this.reset()
      for (const { labels, count } of counts.values()) this.inc(labels, count)
    },
  })
  const duration = new Histogram({
    name: 'broadside_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer, without event streams.',
    labelNames: ['route'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  subscribe(requests.name, (message) => {
    const { method: named, route, status, milliseconds } = message as AnsweredRequest
    const method = METHODS.has(named) ? named : 'other'
    const hundreds = Math.floor(status / 100)
    const key = method + hundreds + route
    const counted = counts.get(key)
    if (counted) counted.count++
    else counts.set(key, { labels: { method, route, status: `${hundreds}xx` }, count: 1 })
    if (route !== STREAM) duration.observe({ route }, milliseconds / 1_000)
  })
}

function countWrites(): void {
  const writes = new Counter({
    name: 'broadside_writes_total',
    help: 'Votes, comments, views, edits, reports and decisions by outcome: done, failed, or what refused them.',
    labelNames: ['kind', 'outcome'],
  })
  const size = new Histogram({
    name: 'broadside_commit_size',
    help: 'Writes that shared a commit.',
    labelNames: ['kind'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
  })
  const duration = new Histogram({
    name: 'broadside_commit_duration_seconds',
    help: 'How long such a transaction took.',
    labelNames: ['kind'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  new Gauge({
    name: 'broadside_waiting_writes',
    help: 'Writes that wait for the commit before theirs.',
    labelNames: ['kind'],
    collect() {
      for (const [kind, count] of queuedWrites()) this.set({ kind }, count)
    },
  })
  subscribe(commits.name, (message) => {
    const { kind, size: count, seconds, outputs } = message as Commit
    size.observe({ kind }, count)
    duration.observe({ kind }, seconds)
    if (!outputs) return writes.inc({ kind, outcome: 'failed' }, count)
    const outcomes = new Map<string, number>()
    for (const output of outputs) {
      const outcome = outcomeOf(output)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    for (const [outcome, times] of outcomes) writes.inc({ kind, outcome }, times)
  })
}

/**
 * The store answers a write with what it came to, with a limit, with a problem, with how a comment
 * stands that another moderator has decided on, or with nothing.
 */
function outcomeOf(output: unknown): string {
  if (output === undefined) return 'gone'
  if (typeof output !== 'object' || output === null) return 'done'
  if ('limit' in output) return String(output.limit)
  if ('conflict' in output) return 'late'
  return 'problem' in output ? String(output.problem) : 'done'
}

function countFailures(): void {
  const errors = new Counter({
    name: 'broadside_errors_total',
    help: 'Errors that were logged: of the store that cannot be reached, and others.',
    labelNames: ['source'],
  })
  for (const source of ['store', 'other']) errors.inc({ source }, 0)
  subscribe(failures.name, (error) =>
    errors.inc({ source: isUnavailable(error) ? 'store' : 'other' }),
  )
}
