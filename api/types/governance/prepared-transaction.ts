/**
 * A transaction for a wallet to sign, or the rule that refuses it. The API holds no key and sends nothing.
 * @module
 */
import { GraphQLError } from 'graphql';
import { type Refusal, refusalOf } from '../../../governance/refusal.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { InputError, UpstreamError } from '../../../indexer/domain/errors.ts';
import { type Prepared, refused, type Simulation } from '../../../jobs/chain/prepared-transaction.ts';
import { builder } from '../../schema/builder.ts';
import { RefusalType } from './governance-check.ts';

const SimulationType = builder.objectRef<Simulation>('TransactionSimulation').implement({
  description: 'What the RPC says that the transaction would do now.',
  fields: (t) => ({
    succeeds: t.boolean({ description: 'Whether it would succeed.', resolve: ({ failure }) => failure === null }),
    errorCode: t.string({
      nullable: true,
      description:
        'Program and name of its error, such as `GOVERNANCE__ALREADY_VOTED`, or `CHAIN__TRANSACTION_FAILED`; null when it succeeds.',
      resolve: ({ failure }) => failure?.code ?? null,
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'The same in a sentence.',
      resolve: ({ failure }) => failure?.message ?? null,
    }),
    logs: t.stringList({ description: 'What the programs log.', resolve: ({ logs }) => [...logs] }),
    computeUnits: t.exposeInt('computeUnits', { description: 'Compute units that it takes.' }),
  }),
});

/** Beside its fields: some questions to the RPC. */
export const PREPARE_COST = { field: 200 };

export const PreparedType = builder.objectRef<Prepared>('PreparedTransaction').implement({
  description:
    'Either a transaction that nobody has signed, with its simulation, or the rule that refuses what was asked for.',
  fields: (t) => ({
    refusal: t.field({
      type: RefusalType,
      nullable: true,
      description: 'The rule that refuses it, found without a simulation; null when there is a transaction.',
      resolve: ({ refusal }) => refusal,
    }),
    transaction: t.string({
      nullable: true,
      description: 'Version 0, base64, with empty places for the signatures.',
      resolve: ({ transaction }) => transaction?.wire ?? null,
    }),
    feePayer: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Who pays for it.',
      resolve: ({ transaction }) => (transaction === null ? null : fromBase58(transaction.feePayer)),
    }),
    signers: t.field({
      type: ['PublicKey'],
      description: 'Who has to sign it.',
      resolve: ({ transaction }) => (transaction?.signers ?? []).map((each) => fromBase58(each)),
    }),
    lastValidBlockHeight: t.field({
      type: 'U64',
      nullable: true,
      description: 'Block height after which it can no longer land: prepare it again then.',
      resolve: ({ transaction }) => transaction?.lastValidBlockHeight ?? null,
    }),
    simulation: t.field({
      type: SimulationType,
      nullable: true,
      description: 'What it would do now; null when it is refused.',
      resolve: ({ transaction }) => transaction?.simulation ?? null,
    }),
  }),
});

/**
 * A rule of governance that is found broken on the way is a refusal too; an RPC that does not answer has a code of its own.
 * @throws GraphQLError `API__RPC_UNAVAILABLE`; the address of the RPC, which may hold a secret, is not told
 */
export async function answered(work: Promise<Prepared>): Promise<Prepared> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UpstreamError && error.code.startsWith('CHAIN__')) {
      const message = 'The Solana RPC that transactions are prepared with does not answer: try again';
      throw new GraphQLError(message, { extensions: { code: 'API__RPC_UNAVAILABLE' } });
    }
    if (!(error instanceof InputError)) throw error;
    const refusal = refusalOf(() => {
      throw error;
    });
    return refused(refusal as Refusal);
  }
}
