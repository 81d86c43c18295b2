/**
 * `prepareProposal`, `prepareVote`, `prepareExecute`, `prepareStep`, `prepareStake`: transactions of governance for a wallet
 * to sign. They look at the chain as it is now, by RPC.
 * @module
 */
import type { Address } from '@solana/kit';
import { GraphQLError } from 'graphql';
import { PROPOSAL_KINDS } from '../../../governance/proposal-life.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { SPEND_CATEGORIES } from '../../../jobs/governance/action-sentences.ts';
import { prepareProposal } from '../../../jobs/governance/prepare-proposal.ts';
import { prepareExecute, prepareStake, prepareStep, prepareVote } from '../../../jobs/governance/prepare-vote.ts';
import type { ApiContext } from '../../context.ts';
import { builder } from '../../schema/builder.ts';
import { ChangeInput } from './parameter.ts';
import { answered, PREPARE_COST, PreparedType } from './prepared-transaction.ts';
import { SpendCategory } from './proposal-action.ts';
import { Kind } from './proposal-state.ts';
import { CHOICES, VoteChoice } from './proposal-vote.ts';

const addressOf = (key: Uint8Array) => toBase58(key) as Address;
const programOf = ({ programs }: ApiContext) => addressOf(programs.governance);

const SpendInput = builder.inputType('SpendInput', {
  description: 'What a treasury spend pays, or a bankroll return brings back.',
  fields: (t) => ({
    category: t.field({ type: SpendCategory, required: true, description: 'What it is for.' }),
    mint: t.field({ type: 'PublicKey', required: true, description: 'INFER or USDC.' }),
    amount: t.field({ type: 'U64', required: true, description: 'Base units.' }),
    recipient: t.field({ type: 'PublicKey', required: true, description: 'Token account that receives it.' }),
  }),
});

const ModelInput = builder.inputType('ModelInput', {
  description: 'A GPU model of the catalogue.',
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 32 bytes.' }),
    vramGb: t.int({ required: true, description: 'Memory, GB.' }),
    weight: t.int({ required: true, description: 'In rewards, thousandths of an A100 40 GB.' }),
    minBenchmark: t.int({ required: true, description: 'Lowest benchmark, thousandths of an A100 40 GB.' }),
  }),
});

const ProposalInput = builder.inputType('ProposalInput', {
  description: 'A proposal; of changes, spend, host and model only what its kind needs.',
  fields: (t) => ({
    kind: t.field({ type: Kind, required: true, description: 'What it is about.' }),
    title: t.string({ required: true, description: '1 to 80 bytes.' }),
    uri: t.string({ description: 'Address of the text, at most 200 bytes.' }),
    textHash: t.string({ description: 'SHA-256 of the text, 64 hexadecimal digits; zeros if absent.' }),
    changes: t.field({ type: [ChangeInput], description: 'By key, ascending.' }),
    spend: t.field({ type: SpendInput, description: 'Of a treasury spend or a bankroll return.' }),
    host: t.field({
      type: 'PublicKey',
      description: 'Provider of a decision about a host; of a slash, the challenge.',
    }),
    model: t.field({ type: ModelInput, description: 'Of a change of the catalogue.' }),
  }),
});

builder.queryField('prepareProposal', (t) =>
  t.field({
    type: PreparedType,
    description: 'A submission for its proposer to sign. Bounds and steps are checked as the program does.',
    args: {
      proposer: t.arg({ type: 'PublicKey', required: true, description: 'Who submits it and commits stake to it.' }),
      payer: t.arg({ type: 'PublicKey', description: 'Who pays fee and rent; the proposer if absent.' }),
      proposal: t.arg({ type: ProposalInput, required: true, description: 'The proposal.' }),
    },
    complexity: PREPARE_COST,
    resolve: (_, { proposer, payer, proposal }, context) => {
      const { kind, title, uri, textHash, changes, spend, host, model } = proposal;
      const draft = {
        ...{ proposer: addressOf(proposer), payer: addressOf(payer ?? proposer), title, uri: uri ?? '' },
        textHash: hashOf(textHash ?? '0'.repeat(64)),
        changes: (changes ?? []).map(({ key, value }) => ({ key, proposed: value })),
        action: {
          kind: PROPOSAL_KINDS.indexOf(kind),
          spend: spend
            ? {
                category: SPEND_CATEGORIES.findIndex((each) => each.toUpperCase() === spend.category),
                ...{ mint: addressOf(spend.mint), amount: spend.amount, recipient: addressOf(spend.recipient) },
              }
            : null,
          host: host ? addressOf(host) : null,
          model: model ?? null,
        },
      };
      return answered(prepareProposal(context.chain, programOf(context), draft));
    },
  }),
);

/** @throws GraphQLError `API__BAD_VALUE` */
function hashOf(text: string): Uint8Array {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new GraphQLError('textHash must have 64 hexadecimal digits', { extensions: { code: 'API__BAD_VALUE' } });
}

builder.queryField('prepareVote', (t) =>
  t.field({
    type: PreparedType,
    description: 'A vote for its owner to sign; once cast it is final.',
    args: {
      proposalId: t.arg({ type: 'U64', required: true, description: 'Number of the proposal.' }),
      owner: t.arg({ type: 'PublicKey', required: true, description: 'Who votes.' }),
      payer: t.arg({ type: 'PublicKey', description: 'Who pays fee and rent; the owner if absent.' }),
      choice: t.arg({ type: VoteChoice, required: true, description: 'What is voted.' }),
    },
    complexity: PREPARE_COST,
    resolve: (_, { proposalId, owner, payer, choice }, context) => {
      const draft = { proposalId, owner: addressOf(owner), payer: addressOf(payer ?? owner) };
      return answered(prepareVote(context.chain, programOf(context), { ...draft, choice: CHOICES.indexOf(choice) }));
    },
  }),
);

const stepArgs = {
  proposalId: 'Number of the proposal.',
  payer: 'Who sends it and pays for it; anybody may.',
} as const;

builder.queryField('prepareExecute', (t) =>
  t.field({
    type: PreparedType,
    description:
      'The execution of a passed proposal. What the second check refuses now would invalidate it, and is refused.',
    args: {
      proposalId: t.arg({ type: 'U64', required: true, description: stepArgs.proposalId }),
      payer: t.arg({ type: 'PublicKey', required: true, description: stepArgs.payer }),
    },
    complexity: PREPARE_COST,
    resolve: (_, { proposalId, payer }, context) =>
      answered(prepareExecute(context.chain, programOf(context), { proposalId, payer: addressOf(payer) })),
  }),
);

builder.queryField('prepareStep', (t) =>
  t.field({
    type: PreparedType,
    description: 'The next step in the life of a proposal but its execution: `nextStep` of a proposal says which.',
    args: {
      proposalId: t.arg({ type: 'U64', required: true, description: stepArgs.proposalId }),
      payer: t.arg({ type: 'PublicKey', required: true, description: stepArgs.payer }),
    },
    complexity: PREPARE_COST,
    resolve: (_, { proposalId, payer }, context) =>
      answered(prepareStep(context.chain, programOf(context), { proposalId, payer: addressOf(payer) })),
  }),
);

const StakeMoveType = builder.enumType('StakeMove', {
  description: 'What is done about stake in governance.',
  values: {
    STAKE: { value: 'stake', description: 'Adds INFER of the owner’s associated token account.' },
    REQUEST_UNSTAKE: { value: 'request_unstake', description: 'Takes stake out of power; it is paid out later.' },
    WITHDRAW: { value: 'withdraw', description: 'Pays out what has waited long enough.' },
    SYNC_USE: { value: 'sync_use', description: 'Brings what was paid and earned on into power.' },
  } as const,
});

builder.queryField('prepareStake', (t) =>
  t.field({
    type: PreparedType,
    description: 'A change of an owner’s stake in governance, for the owner to sign.',
    args: {
      owner: t.arg({ type: 'PublicKey', required: true, description: 'Whose stake.' }),
      payer: t.arg({ type: 'PublicKey', description: 'Who pays fee and rent; the owner if absent.' }),
      move: t.arg({ type: StakeMoveType, required: true, description: 'What is done.' }),
      amount: t.arg({ type: 'U64', description: 'Base units of INFER, to stake or to unstake.' }),
    },
    complexity: PREPARE_COST,
    resolve: (_, { owner, payer, move, amount }, context) => {
      const draft = { owner: addressOf(owner), payer: addressOf(payer ?? owner), move, amount: amount ?? 0n };
      return answered(prepareStake(context.chain, programOf(context), draft));
    },
  }),
);
