/**
 * For every instruction of the marketplace a chain on which it succeeds.
 * @module
 */
import type { Scenarios } from '../scenario.ts';
import { EPOCH_SCENARIOS } from './epoch-scenarios.ts';
import { ORDER_SCENARIOS } from './order-scenarios.ts';
import { PROOF_SCENARIOS } from './proof-scenarios.ts';
import { REGISTRY_SCENARIOS } from './registry-scenarios.ts';

export const SCENARIOS: Scenarios = {
  ...REGISTRY_SCENARIOS,
  ...ORDER_SCENARIOS,
  ...PROOF_SCENARIOS,
  ...EPOCH_SCENARIOS,
};
