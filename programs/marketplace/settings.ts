/**
 * Starting values of the marketplace: the GPU catalogue, fees, bonds and deadlines `initialize_marketplace` is given.
 * Governance may change them later; readers take them from the chain, never from here.
 * @module
 */
import type { GpuModel, InitializeMarketplaceArgs } from './client.generated.ts';

const INFER = 1_000_000_000n;

/** Weight is relative to an A100 40 GB at 1,000, by the data sheets' dense 16-bit throughput with 32-bit accumulation. */
export const GPU_CATALOGUE: readonly GpuModel[] = [
  { name: 'H100', vramGb: 80, weight: 3170 },
  { name: 'H200', vramGb: 141, weight: 3170 },
  { name: 'A100-40', vramGb: 40, weight: 1000 },
  { name: 'A100-80', vramGb: 80, weight: 1000 },
  { name: 'MI300X', vramGb: 192, weight: 4190 },
  { name: 'B200', vramGb: 192, weight: 7210 },
  { name: 'RTX3060', vramGb: 12, weight: 80 },
  { name: 'RTX3090', vramGb: 24, weight: 230 },
  { name: 'RTX4090', vramGb: 24, weight: 530 },
  { name: 'RTX5090', vramGb: 32, weight: 670 },
  { name: 'A6000', vramGb: 48, weight: 500 },
];

export const MARKETPLACE_DEFAULTS: Omit<InitializeMarketplaceArgs, 'arbiter' | 'haltAuthority'> = {
  platformFeeBps: 200,
  feeTreasuryBps: 10_000,
  feeBurnBps: 0,
  feeVerifierBps: 0,
  bondRatioBps: 1_000,
  challengeWindowSeconds: 86_400,
  startDeadlineSeconds: 1_800,
  confirmWindowSeconds: 86_400,
  bondInferPerUsdc: 10n * INFER,
  tierMinimumBonds: [1_000n * INFER, 10_000n * INFER, 100_000n * INFER],
  models: GPU_CATALOGUE,
};
