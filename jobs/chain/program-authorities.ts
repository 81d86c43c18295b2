/**
 * Who may upgrade a program, read from the chain's loaders. The upgradeable loader keeps code and authority in an account
 * of their own, which the program's account names (solana-loader-v3-interface, `UpgradeableLoaderState`: a number of 32
 * bits, then `programdata_address`, or `slot` and `Option<upgrade_authority_address>`). Other loaders' programs are final.
 * @module
 */
import { type Address, address, createSolanaRpc } from '@solana/kit';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import { U64_MAX } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  insertProgramAuthorities,
  type ProgramAuthorityRow,
  programAuthorities,
} from '../../indexer/store/queries/chain/program-authorities.ts';
import { rpcError } from './ask-rpc.ts';

const UPGRADEABLE_LOADER = 'BPFLoaderUpgradeab1e11111111111111111111111';
const [PROGRAM, PROGRAM_DATA] = [2, 3];
const NOBODY = new Uint8Array(32);

export interface LoadedAccount {
  readonly owner: Address;
  readonly data: Uint8Array;
}

/** Address of a program's code and authority; `null` for a program that is final. */
export function programDataOf({ owner, data }: LoadedAccount): Address | null {
  const bytes = Buffer.from(data);
  if (owner !== UPGRADEABLE_LOADER || bytes.length < 36 || bytes.readUInt32LE(0) !== PROGRAM) return null;
  return address(toBase58(bytes.subarray(4, 36)));
}

/** Slot of the code in force and who may replace it, from the account that `programDataOf` names. */
export function authorityOf(data: Uint8Array | null): Pick<ProgramAuthorityRow, 'deployedSlot' | 'upgradeAuthority'> {
  const bytes = Buffer.from(data ?? []);
  if (bytes.length < 13 || bytes.readUInt32LE(0) !== PROGRAM_DATA)
    return { deployedSlot: 0n, upgradeAuthority: NOBODY };
  const hasAuthority = bytes[12] === 1 && bytes.length >= 45;
  return {
    deployedSlot: bytes.readBigUInt64LE(4),
    upgradeAuthority: hasAuthority ? new Uint8Array(bytes.subarray(13, 45)) : NOBODY,
  };
}

/** Reads the loaders and keeps what has changed since the last reading. @throws UpstreamError of the RPC or the store */
export async function refreshProgramAuthorities(
  url: string,
  store: StoreClient,
  programs: readonly Uint8Array[],
): Promise<void> {
  const read = accountReader(url);
  const { slot, accounts } = await read(programs.map((each) => address(toBase58(each))));
  const dataAddresses = accounts.map((account) => (account === null ? null : programDataOf(account)));
  const code = await read(dataAddresses.filter((each) => each !== null));
  const dataOf = new Map(
    dataAddresses.filter((each) => each !== null).map((each, index) => [each, code.accounts[index]]),
  );
  const known = new Map((await programAuthorities(store, U64_MAX)).map((row) => [toBase58(row.program), row]));
  const seen = programs.flatMap((program, index): ProgramAuthorityRow[] => {
    const account = accounts[index];
    if (!account) return [];
    const dataAddress = dataAddresses[index] ?? null;
    const authority = authorityOf(dataAddress === null ? null : (dataOf.get(dataAddress)?.data ?? null));
    const isUpgradeable = Buffer.compare(authority.upgradeAuthority, NOBODY) === 0 ? 0 : 1;
    return [{ program, slot, loader: fromBase58(account.owner), isUpgradeable, ...authority }];
  });
  const changed = seen.filter((row) => !isSame(row, known.get(toBase58(row.program))));
  if (changed.length > 0) await insertProgramAuthorities(store, changed);
}

function isSame(row: ProgramAuthorityRow, before: ProgramAuthorityRow | undefined): boolean {
  return (
    before !== undefined &&
    row.deployedSlot === before.deployedSlot &&
    Buffer.compare(row.loader, before.loader) === 0 &&
    Buffer.compare(row.upgradeAuthority, before.upgradeAuthority) === 0
  );
}

/** Finalized accounts with their owners. Code is read for its first bytes only. */
function accountReader(url: string) {
  const rpc = createSolanaRpc(url);
  const config = { commitment: 'finalized', encoding: 'base64', dataSlice: { offset: 0, length: 64 } } as const;
  return async (addresses: readonly Address[]) => {
    if (addresses.length === 0) return { slot: 0n, accounts: [] };
    try {
      const { context, value } = await rpc.getMultipleAccounts([...addresses], config).send();
      const accounts = value.map((account): LoadedAccount | null =>
        account === null
          ? null
          : { owner: account.owner, data: new Uint8Array(Buffer.from(account.data[0], 'base64')) },
      );
      return { slot: context.slot, accounts };
    } catch (error) {
      throw rpcError(url, 'getMultipleAccounts', error);
    }
  };
}
