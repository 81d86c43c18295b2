/**
 * What a proposal would do: decoded, in plain words, and apart from that the proposer's own text.
 * @module
 */
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { executingInstruction, proposalKind, SPEND_CATEGORIES } from '../../../jobs/governance/action-sentences.ts';
import type { ProposalView } from '../../../jobs/governance/proposal-views.ts';
import { safeLink, shownText } from '../../../jobs/governance/untrusted-text.ts';
import type { ModelTerms, TreasurySpend } from '../../../programs/governance/client.generated.ts';
import { builder } from '../../schema/builder.ts';
import { ProposedChangeType } from './governance-check.ts';

export const SpendCategory = builder.enumType('SpendCategory', {
  description: 'What a grant of the treasury is for.',
  values: {
    BUYBACK: { description: 'Tokens bought back from the market.' },
    LIQUIDITY: { description: 'Liquidity for the tokens.' },
    INCENTIVES: { description: 'Incentives of providers.' },
    GRANTS: { description: 'Grants.' },
    DEVELOPMENT: { description: 'Development of the network.' },
    OTHER: { description: 'Anything else.' },
  },
});

const SpendType = builder.objectRef<TreasurySpend>('ProposedSpend').implement({
  description: 'What is paid from the treasury; of a bankroll return, what comes back to it.',
  fields: (t) => ({
    category: t.field({
      type: SpendCategory,
      description: 'What it is for.',
      resolve: ({ category }) => (SPEND_CATEGORIES[category] ?? 'other').toUpperCase() as 'OTHER',
    }),
    mint: t.field({ type: 'PublicKey', description: 'INFER or USDC.', resolve: ({ mint }) => fromBase58(mint) }),
    amount: t.field({ type: 'U64', description: 'Base units.', resolve: ({ amount }) => amount }),
    recipient: t.field({
      type: 'PublicKey',
      description: 'Token account that receives it.',
      resolve: ({ recipient }) => fromBase58(recipient),
    }),
  }),
});

const ModelType = builder.objectRef<ModelTerms>('ProposedModel').implement({
  description: 'A GPU model that would be listed, changed or delisted.',
  fields: (t) => ({
    untrustedName: t.string({
      description: 'Name that the proposer gave, hidden characters made visible; plain text, never HTML.',
      resolve: ({ name }) => shownText(name).text,
    }),
    vramGb: t.exposeInt('vramGb', { description: 'Memory, GB.' }),
    weight: t.exposeInt('weight', { description: 'In rewards, thousandths of an A100 40 GB.' }),
    minBenchmark: t.exposeInt('minBenchmark', { description: 'Lowest benchmark, thousandths of an A100 40 GB.' }),
  }),
});

export const ActionType = builder.objectRef<ProposalView>('ProposalAction').implement({
  description: 'What a proposal does when it executes; only what belongs to its kind is there.',
  fields: (t) => ({
    instruction: t.string({
      description: 'Instruction of the governance program that carries it out.',
      resolve: ({ state }) => executingInstruction(proposalKind(state.action)),
    }),
    sentences: t.stringList({
      description: 'In plain words, made from the decoded action alone.',
      resolve: async ({ prospects }) => [...(await prospects()).sentences],
    }),
    changes: t.field({
      type: [ProposedChangeType],
      description: 'Parameters it sets, beside the values and limits of now.',
      resolve: async ({ prospects }) => [...((await prospects()).checked?.changes ?? [])],
    }),
    spend: t.field({
      type: SpendType,
      nullable: true,
      description: 'Of a treasury spend or a bankroll return.',
      resolve: ({ state }) => state.action.spend,
    }),
    host: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Provider of a decision about a host; of a slash, the challenge.',
      resolve: ({ state }) => (state.action.host === null ? null : fromBase58(state.action.host)),
    }),
    model: t.field({
      type: ModelType,
      nullable: true,
      description: 'Of a change of the catalogue.',
      resolve: ({ state }) => state.action.model,
    }),
  }),
});

interface Text {
  readonly title: string;
  readonly uri: string;
  readonly textHash: Uint8Array;
}

export const UntrustedTextType = builder.objectRef<Text>('UntrustedText').implement({
  description:
    'What the proposer wrote. Nothing checks it: show it as plain text, apart from the facts, and never as HTML.',
  fields: (t) => ({
    title: t.string({
      description: 'Title, 1 to 80 bytes; control, bidi and invisible characters stand as U+FFFD.',
      resolve: ({ title }) => shownText(title).text,
    }),
    uri: t.string({
      description: 'Address of the text, at most 200 bytes, made visible like the title.',
      resolve: ({ uri }) => shownText(uri).text,
    }),
    link: t.string({
      nullable: true,
      description: 'The address where it may stand in a link: `https` or `ipfs`, without hidden characters; else null.',
      resolve: ({ uri }) => safeLink(uri),
    }),
    hasHiddenCharacters: t.boolean({
      description: 'Whether title or address hold characters that would not be seen.',
      resolve: ({ title, uri }) => shownText(title).hasHiddenCharacters || shownText(uri).hasHiddenCharacters,
    }),
    rawTitle: t.exposeString('title', { description: 'Title as it stands on the chain.' }),
    rawUri: t.exposeString('uri', { description: 'Address as it stands on the chain.' }),
    textHash: t.string({
      description: 'SHA-256 of the text that the proposer says, hexadecimal.',
      resolve: ({ textHash }) => Buffer.from(textHash).toString('hex'),
    }),
  }),
});
