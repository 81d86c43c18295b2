/**
 * What a proposal would do, in plain words made from its decoded action alone. Text of the proposer that has to stand in a
 * sentence (the name of a model) stands in quotation marks, with everything but plain letters, digits and marks replaced. Pure.
 * @module
 */
import { PROPOSAL_KINDS, type ProposalKind } from '../../governance/proposal-life.ts';
import { InvariantError } from '../../indexer/domain/errors.ts';
import type { Action } from '../../programs/governance/client.generated.ts';
import { parameterAt } from './change-checks.ts';

/** By the number that the program stores. */
export const SPEND_CATEGORIES = ['buyback', 'liquidity', 'incentives', 'grants', 'development', 'other'] as const;

/** A token by its mint, as the marketplace and governance know it. */
export interface Token {
  readonly symbol: string;
  readonly decimals: number;
}

export interface Words {
  readonly tokenOf: (mint: string) => Token | null;
  /** The value that a change starts from; `null` where nobody told of it. */
  readonly currentOf: (key: string) => bigint | null;
}

/** @throws InvariantError `GOVERNANCE__UNKNOWN_KIND` for a number that no release of the program stores */
export function proposalKind({ kind }: Pick<Action, 'kind'>): ProposalKind {
  const name = PROPOSAL_KINDS[kind];
  if (name === undefined)
    throw new InvariantError('GOVERNANCE__UNKNOWN_KIND', `No proposal has kind ${kind}`, { kind });
  return name;
}

/** One sentence for each thing that would be done. */
export function actionSentences(action: Action, words: Words): string[] {
  const kind = proposalKind(action);
  switch (kind) {
    case 'param_change':
      return action.changes.map(({ id, value }) => changeSentence(id, value, words));
    case 'treasury_spend':
    case 'bankroll_return':
      return [spendSentence(kind, action, words)];
    case 'catalog_add':
    case 'catalog_remove':
      return [modelSentence(kind, action)];
    case 'text':
      return ['Changes nothing on the chain: it only records that the text was adopted.'];
    default:
      return [HOST_SENTENCES[kind](action.host ?? 'nobody')];
  }
}

/** The instruction of the governance program that carries it out. */
export function executingInstruction(kind: ProposalKind): string {
  if (kind.startsWith('catalog')) return 'execute_catalog_change';
  if (kind === 'host_slash' || !kind.startsWith('host')) return `execute_${kind}`;
  return 'execute_host_status';
}

const HOST_SENTENCES = {
  host_ban: (host: string) => `Bans provider ${host}: no new orders are taken for it.`,
  host_unban: (host: string) => `Makes provider ${host} active again.`,
  host_verify: (host: string) => `Marks provider ${host} as verified.`,
  host_suspend: (host: string) => `Suspends provider ${host}: no new orders are taken for it until it is readmitted.`,
  host_slash: (challenge: string) =>
    `Slashes the provider of challenge ${challenge}, which the arbiter left undecided; the marketplace says how much.`,
} as const;

function changeSentence(id: number, value: bigint, { currentOf }: Words): string {
  const parameter = parameterAt(id);
  if (parameter === null) return `Sets parameter number ${id}, which this release does not know, to ${value}.`;
  const current = currentOf(parameter.key);
  const from = current === null ? '' : ` from ${current}`;
  return `Sets ${parameter.key}${from} to ${value} (${parameter.unit}).`;
}

function spendSentence(
  kind: 'bankroll_return' | 'treasury_spend',
  { spend }: Action,
  { tokenOf }: Pick<Words, 'tokenOf'>,
): string {
  if (spend === null) return 'Pays nothing.';
  const token = tokenOf(spend.mint);
  const amount = token === null ? `${spend.amount} base units of ${spend.mint}` : amountText(spend.amount, token);
  const category = SPEND_CATEGORIES[spend.category] ?? `category ${spend.category}`;
  return kind === 'treasury_spend'
    ? `Pays ${amount} from the treasury to token account ${spend.recipient}, for ${category}.`
    : `Brings ${amount} of the exchange's bankroll back to the treasury ${spend.recipient}.`;
}

function modelSentence(kind: 'catalog_add' | 'catalog_remove', { model }: Action): string {
  if (model === null) return 'Names no model.';
  const name = `“${plainText(model.name)}”`;
  if (kind === 'catalog_remove')
    return `Takes GPU model ${name} off the catalogue: no new offers of it; those that stand go on taking orders.`;
  return `Lists GPU model ${name} with ${model.vramGb} GB, weight ${model.weight} and a benchmark of at least ${model.minBenchmark} (thousandths of an A100 40 GB).`;
}

function amountText(amount: bigint, { symbol, decimals }: Token): string {
  const digits = String(amount).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`} ${symbol}`;
}

function plainText(text: string): string {
  return text.replace(/[^\w .,+()/-]/gu, '·');
}
