/**
 * What every resolver is given: the read-only store, the layouts of the programs' data, and the snapshot of the request.
 * @module
 */
import type { Registry } from '../indexer/decode/registry.ts';
import type { StoredBlock } from '../indexer/store/block-store.ts';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import type { ProposalHistory } from '../indexer/store/queries/governance/proposals.ts';
import type { FlowsUpTo } from '../indexer/store/queries/ledger/token-flows.ts';
import type { ProviderSums } from '../indexer/store/queries/reputation/providers.ts';
import type { ChainClient } from '../jobs/chain/chain-client.ts';
import type { GovernedPrograms } from '../jobs/rewards/inputs/parameters-in-force.ts';
import type { Caller } from './budget/caller.ts';
import type { LiveRecord } from './live/live-record.ts';
import type { ChunkSums } from './sums/chunk-sums.ts';
import type { FinalChunks } from './sums/final-chunks.ts';
import type { KeptDays } from './sums/kept-days.ts';
import type { KeptProviders } from './sums/kept-providers.ts';
import type { WalletLinks } from './sums/wallet-links.ts';

/** What a process is started with. */
export interface GivenContext {
  readonly store: StoreClient;
  readonly registry: Registry;
  readonly programs: GovernedPrograms & { readonly staking: Uint8Array };
  /** Where transactions are prepared: asked, and sent nothing. */
  readonly chain: ChainClient;
}

/** What lives as long as the process: what is looked at and kept for all who ask. */
export interface ProcessContext extends GivenContext {
  readonly live: LiveRecord;
  /** What providers did, by address in base58. */
  readonly providerSums: ChunkSums<ProviderSums>;
  readonly flowsUpTo: FlowsUpTo;
  readonly finalChunks: FinalChunks;
  readonly proposalHistory: ProposalHistory;
  readonly keptProviders: KeptProviders;
  readonly walletLinks: WalletLinks;
  /** Prices of days that are over. */
  readonly keptDays: KeptDays;
}

export interface ApiContext extends ProcessContext {
  /** Last committed block when the request came: all of its answers are as of it. `null` on an empty ledger. */
  readonly snapshot: () => Promise<StoredBlock | null>;
  /** What the operation costs; set before it is run. */
  readonly cost: { points: number };
  /** Whose budget it is taken out of. */
  readonly caller: Caller;
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal;
  /** Header Last-Event-ID. */
  readonly lastEventId: string | null;
  /** Cursor of the message of a subscription that was told last. */
  readonly toldCursor: { text: string | null };
}
