/**
 * The job that looks at the chain's loaders: who may upgrade the programs.
 * @module
 */
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { JOB_NAMES, tickPayload } from '../contract.ts';
import { defineJob, type JobDefinition } from '../define-job.ts';
import { refreshProgramAuthorities } from './program-authorities.ts';

export interface ChainJobContext {
  readonly authorities: AuthorityKeeper;
}

const LOOK_EVERY_MS = 60_000;

/** Looks once a minute, however often it is asked. */
export class AuthorityKeeper {
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly rpcUrl: string,
    private readonly store: StoreClient,
    private readonly programs: readonly Uint8Array[],
    private readonly nowMs: () => number,
  ) {}

  /** @throws the errors of `refreshProgramAuthorities` */
  async look(): Promise<void> {
    if (this.nowMs() - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = this.nowMs();
    await refreshProgramAuthorities(this.rpcUrl, this.store, this.programs);
  }
}

export const chainJobs: readonly JobDefinition<ChainJobContext>[] = [
  defineJob({
    name: JOB_NAMES.authorities,
    payload: tickPayload,
    run: (_, { authorities }: ChainJobContext) => authorities.look(),
  }),
];
