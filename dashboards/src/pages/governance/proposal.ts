/**
 * What the parts of a proposal's page are about.
 * @module
 */
import type { ProposalQuery } from '../../queries.generated.ts';

export type Proposal = NonNullable<ProposalQuery['proposal']>;
