/**
 * Program-derived addresses of the exchange program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import { type Address, getAddressEncoder, getI64Encoder, getProgramDerivedAddress, getU64Encoder } from '@solana/kit';
import { EXCHANGE_PROGRAM_ADDRESS } from './client.generated.ts';

const addressEncoder = getAddressEncoder();
const i64Encoder = getI64Encoder();
const u64Encoder = getU64Encoder();

type Seed = Parameters<typeof getProgramDerivedAddress>[0]['seeds'][number];

async function derive(programAddress: Address, ...seeds: readonly Seed[]): Promise<Address> {
  const [address] = await getProgramDerivedAddress({ programAddress, seeds: [...seeds] });
  return address;
}

/** The one `Exchange`; it holds the vaults. */
export function findExchange(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Exchange');
}

export function findMarginVault(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'MarginVault');
}

export function findBankrollVault(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'BankrollVault');
}

export function findInsuranceVault(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'InsuranceVault');
}

/** @param model number of the GPU model in the marketplace's catalogue */
export function findIndex(model: number, programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Index', Uint8Array.of(model));
}

export function findTrader(owner: Address, programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Trader', addressEncoder.encode(owner));
}

/** @param trader the trader account, not its owner */
export function findPosition(
  trader: Address,
  model: number,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'Position', addressEncoder.encode(trader), Uint8Array.of(model));
}

/** @param deliveryStart the expiry itself for a series that settles on a point */
export function findSeries(
  model: number,
  deliveryStart: bigint,
  expiry: bigint,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  const times = [i64Encoder.encode(deliveryStart), i64Encoder.encode(expiry)];
  return derive(programAddress, 'Series', Uint8Array.of(model), ...times);
}

export function findFuturePosition(
  series: Address,
  trader: Address,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'FuturePosition', addressEncoder.encode(series), addressEncoder.encode(trader));
}

/** @param number `claimCount` of the trader before the claim was recorded */
export function findClaim(
  trader: Address,
  number: bigint,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'Claim', addressEncoder.encode(trader), u64Encoder.encode(number));
}
