/**
 * The exchange beside a marketplace of a test: the compiled program with an index for one GPU model.
 * @module
 */
import { readFileSync } from 'node:fs';
import {
  createIndex,
  decodeIndex,
  EXCHANGE_PROGRAM_ADDRESS,
  type Index,
  initializeExchange,
} from '../../../programs/exchange/client.generated.ts';
import {
  findBankrollVault,
  findExchange,
  findIndex,
  findInsuranceVault,
  findMarginVault,
} from '../../../programs/exchange/pda.ts';
import { must } from './actors.ts';
import { ADMIN, GOVERNANCE, INFER_MINT, PAYER, type Stage } from './market.ts';

const EXCHANGE_SO = new URL('../../../programs/exchange/exchange.so', import.meta.url);
/** The index counts in millionths of a base unit. */
export const INDEX_SCALE = 1_000_000n;

/** @param price of a GPU-hour of the model, in base units of INFER x 10^6 */
export async function openExchange(stage: Stage, price: bigint, model = 0): Promise<void> {
  const { chain, marketplace } = stage;
  chain.svm.addProgram(EXCHANGE_PROGRAM_ADDRESS, readFileSync(EXCHANGE_SO));
  const [exchange, index, marginVault, bankrollVault, insuranceVault] = await Promise.all([
    findExchange(),
    findIndex(model),
    findMarginVault(),
    findBankrollVault(),
    findInsuranceVault(),
  ]);
  must(
    stage,
    initializeExchange(
      { payer: PAYER, admin: ADMIN, exchange, inferMint: INFER_MINT, marginVault, bankrollVault, insuranceVault },
      { marketplace, governanceAuthority: GOVERNANCE },
    ),
    createIndex({ payer: PAYER, authority: ADMIN, exchange, index }, { model, price }),
  );
}

export async function readIndex({ chain }: Stage, model = 0): Promise<Index> {
  return chain.read(await findIndex(model), decodeIndex);
}
