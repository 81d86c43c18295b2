/**
 * `prepareClaim`: what a wallet may take, as a transaction for it to sign. It looks at the chain as it is now, by RPC.
 * @module
 */
import type { Address } from '@solana/kit';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { prepareClaim } from '../../../jobs/wallet/prepare-claim.ts';
import { builder } from '../../schema/builder.ts';
import { answered, PREPARE_COST, PreparedType } from '../governance/prepared-transaction.ts';
import { DueKindType } from '../ledger/wallet.ts';

const addressOf = (key: Uint8Array) => toBase58(key) as Address;

builder.queryField('prepareClaim', (t) =>
  t.field({
    type: PreparedType,
    description:
      'Takes one of `claims` of a wallet, to the owner’s associated token account (created if missing), or, of an exchange claim, to the trader’s collateral.',
    args: {
      kind: t.arg({ type: DueKindType, required: true, description: '`kind` of the claim.' }),
      account: t.arg({ type: 'PublicKey', required: true, description: '`account` of the claim.' }),
      owner: t.arg({ type: 'PublicKey', required: true, description: 'Whose it is.' }),
      payer: t.arg({ type: 'PublicKey', description: 'Who pays fee and rent; the owner if absent.' }),
    },
    complexity: PREPARE_COST,
    resolve: (_, { kind, account, owner, payer }, { chain, programs }) => {
      const addresses = {
        ...{ staking: addressOf(programs.staking), marketplace: addressOf(programs.marketplace) },
        ...{ exchange: addressOf(programs.exchange), governance: addressOf(programs.governance) },
      };
      const draft = { kind, account: addressOf(account), owner: addressOf(owner), payer: addressOf(payer ?? owner) };
      return answered(prepareClaim(chain, addresses, draft));
    },
  }),
);
