/**
 * The two jobs of reward epochs, both thin: the machine finds out what is to be done.
 * @module
 */
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import type { EpochMachine } from './epoch-machine.ts';

export interface RewardJobContext {
  readonly machine: EpochMachine;
}

export const rewardJobs: readonly JobDefinition<RewardJobContext>[] = [
  defineJob({
    name: JOB_NAMES.advance,
    payload: tickPayload,
    run: (_, { machine }: RewardJobContext) => machine.advance(),
  }),
  defineJob({
    name: JOB_NAMES.accrue,
    payload: tickPayload,
    run: (_, { machine }: RewardJobContext) => machine.accrue(),
  }),
];
