/**
 * The chain over RPC: where it is, what it is called, blockhashes, fees.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { messageOf } from '../../../indexer/domain/errors.ts';
import { feeLamports } from '../bank/fees.ts';
import { SLOTS_PER_EPOCH } from '../bank/virtual-machine.ts';
import { BLOCKHASH_WINDOW } from '../ledger/chain.ts';
import { parseMessage } from '../wire/transaction.ts';
import { API_VERSION, configAt, contextOf, decodeBytes, integerAt, type Methods, textAt } from './parameters.ts';
import { invalidParams } from './rpc-error.ts';

const FEATURE_SET = 4_140_108_451;
const MAX_FEE_SAMPLES = 150;

export const chainMethods: Methods = {
  getHealth: () => 'ok',
  getVersion: () => ({ 'solana-core': API_VERSION, 'feature-set': FEATURE_SET }),
  getGenesisHash: (localnet) => localnet.genesisHash,
  getIdentity: (localnet) => ({ identity: localnet.leader }),
  getSlotLeader: (localnet) => localnet.leader,
  getFirstAvailableBlock: () => 0,
  minimumLedgerSlot: () => 0,

  getSlot: (localnet, params) => contextOf(localnet, configAt(params, 0)).context.slot,
  getTransactionCount: (localnet) => localnet.chain.transactions.count,

  getBlockHeight(localnet, params) {
    const { commitment } = contextOf(localnet, configAt(params, 0));
    return localnet.chain.entryAt(commitment).height;
  },

  getEpochInfo(localnet, params) {
    const { commitment } = contextOf(localnet, configAt(params, 0));
    const { slot, height } = localnet.chain.entryAt(commitment);
    return {
      absoluteSlot: slot,
      blockHeight: height,
      epoch: Math.floor(slot / SLOTS_PER_EPOCH),
      slotIndex: slot % SLOTS_PER_EPOCH,
      slotsInEpoch: SLOTS_PER_EPOCH,
      transactionCount: localnet.chain.transactions.count,
    };
  },

  getEpochSchedule: () => ({
    ...{ slotsPerEpoch: SLOTS_PER_EPOCH, leaderScheduleSlotOffset: SLOTS_PER_EPOCH, warmup: false },
    ...{ firstNormalEpoch: 0, firstNormalSlot: 0 },
  }),

  getLatestBlockhash(localnet, params) {
    const { commitment, context } = contextOf(localnet, configAt(params, 0));
    const { blockhash, height } = localnet.chain.entryAt(commitment);
    return { context, value: { blockhash, lastValidBlockHeight: height + BLOCKHASH_WINDOW } };
  },

  isBlockhashValid(localnet, params) {
    const { commitment, context } = contextOf(localnet, configAt(params, 1));
    const height = localnet.chain.recentHeightOf(textAt(params, 0));
    return { context, value: height !== undefined && height <= localnet.chain.entryAt(commitment).height };
  },

  getFeeForMessage(localnet, params) {
    const { context } = contextOf(localnet, configAt(params, 1));
    const bytes = decodeBytes(textAt(params, 0), 'base64');
    let message: ReturnType<typeof parseMessage>;
    try {
      message = parseMessage(bytes);
    } catch (error) {
      throw invalidParams(messageOf(error));
    }
    const isKnown = localnet.chain.recentHeightOf(toBase58(message.recentBlockhash)) !== undefined;
    return { context, value: isKnown ? feeLamports(message) : null };
  },

  /** Of this chain alone, as test validators have it: lets seconds of its past go by, 0 of them to ask for the time. */
  localnet_passTime(localnet, params) {
    localnet.passTime(integerAt(params, 0));
    return localnet.time;
  },

  getRecentPrioritizationFees(localnet) {
    const tip = localnet.chain.entryAt('processed').slot;
    return localnet.chain
      .entriesFrom(tip - MAX_FEE_SAMPLES + 1, 'processed')
      .map(({ slot }) => ({ slot, prioritizationFee: 0 }));
  },
};
