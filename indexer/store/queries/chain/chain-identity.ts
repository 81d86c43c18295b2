/**
 * Which chain this database records: the genesis hash it was begun with. A database never mixes two chains.
 * @module
 */
import { checkInput } from '../../../domain/errors.ts';
import { killable } from '../../../domain/kill-points.ts';
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

export interface ChainIdentity {
  /** Base58. */
  readonly genesisHash: string;
  /** First slot that was asked for. */
  readonly firstSlot: Slot;
}

/** `null` on a database that no indexer has written to. */
export async function chainIdentity(client: StoreClient): Promise<ChainIdentity | null> {
  const found = await rows<ChainIdentity>(
    client,
    `SELECT genesis_hash AS genesisHash, first_slot AS firstSlot FROM chain_identity
ORDER BY recorded_at, genesis_hash LIMIT 1`,
  );
  return found[0] ?? null;
}

/**
 * Takes `identity` for this database if it has none yet.
 * @throws InputError `STORE__WRONG_CHAIN` when the database was begun on another chain
 */
export async function claimChainIdentity(client: StoreClient, identity: ChainIdentity): Promise<void> {
  const known = await chainIdentity(client);
  checkInput(
    known === null || known.genesisHash === identity.genesisHash,
    'STORE__WRONG_CHAIN',
    `The database ${client.database} records the chain ${known?.genesisHash}, the endpoint is ${identity.genesisHash}; name another CLICKHOUSE_DATABASE`,
    { database: client.database, known: known?.genesisHash ?? null, found: identity.genesisHash },
  );
  if (known !== null) return;
  const sql = 'INSERT INTO chain_identity (genesis_hash, first_slot) SELECT {genesisHash:String}, {firstSlot:UInt64}';
  const { genesisHash, firstSlot } = identity;
  await killable('identity', () => client.command(sql, { genesisHash, firstSlot }));
}
