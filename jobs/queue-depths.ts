/**
 * How many jobs of a queue wait, are being done, or are put off: what grows where the worker does not keep up.
 * @module
 */
import type { Queue } from 'bullmq';
import type { Labelled } from '../indexer/status-server.ts';

/** Those put off are the next turns of the schedules, one of each, and what is tried again after a pause. */
const STATES = ['waiting', 'active', 'delayed'] as const;

/** @throws what the client of Redis throws */
export async function queueDepths(queue: Pick<Queue, 'getJobCounts'>): Promise<Labelled[]> {
  const counts = await queue.getJobCounts(...STATES);
  return STATES.map((state) => ({ labels: { state }, value: counts[state] ?? 0 }));
}
