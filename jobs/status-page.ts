/**
 * The worker's part of its status page: which of its facts are metrics.
 * @module
 */
import type { Metric, StatusFacts, StatusPage } from '../indexer/status-server.ts';

export function workerStatusPage(facts: () => StatusFacts): StatusPage {
  return { process: 'worker', facts, metrics: METRICS };
}

const METRICS: readonly Metric[] = [
  ['isConnected', 'connected', 'gauge', '1 while Redis answers'],
  ['rewardEpoch', 'reward_epoch', 'gauge', 'Reward epoch in work'],
  ['committedRewardEpoch', 'committed_reward_epoch', 'gauge', 'Last reward epoch with a record on chain'],
  ['accruedRewardEpoch', 'accrued_reward_epoch', 'gauge', 'Last reward epoch that every pool has accrued'],
  ['openProblems', 'open_problems', 'gauge', 'Steps and pools that cannot go on'],
  [
    'reconciledThroughSlot',
    'reconciled_through_slot',
    'gauge',
    'Up to here every account is what events and instructions say',
  ],
  ['comparedThroughSlot', 'compared_through_slot', 'gauge', 'Up to here accounts were compared, whatever was found'],
  ['openIncidents', 'open_incidents', 'gauge', 'Differences between accounts and events that still stand'],
  ['vaultSurpluses', 'vault_surpluses', 'gauge', 'Times that a vault was found to have more than calls say'],
  [
    'ledgerThroughSlot',
    'ledger_through_slot',
    'gauge',
    'Up to here every settlement is balanced and as the rule has it',
  ],
  ['ledgerFaults', 'ledger_faults', 'gauge', 'Settlements that are not, and still stand: an alarm, and rewards stop'],
  ['webhooksPending', 'webhooks_pending', 'gauge', 'Alerts that a webhook has not taken yet'],
  ['webhooksSent', 'webhooks_sent', 'gauge', 'Alerts that webhooks took'],
  ['webhooksDead', 'webhooks_dead', 'gauge', 'Alerts that were tried in vain too often: an alarm'],
  ['jobsFailing', 'jobs_failing', 'gauge', 'Jobs that failed for good and have not worked since'],
  ['queuedJobs', 'queued_jobs', 'gauge', 'Jobs of the queue that wait, are being done, or are put off'],
  ['jobsDone', 'jobs_done_total', 'counter', 'Jobs of this process that ended well'],
  ['jobsFailed', 'jobs_failed_total', 'counter', 'Jobs of this process that failed'],
];
