-- Why a provider has its score: every piece of evidence of a reward epoch, in the order in which it was folded, with the
-- transaction it comes from and what it did to the score. Folding the rows of all epochs again gives the score to the unit.

CREATE TABLE IF NOT EXISTS provider_evidence
(
    reward_epoch  UInt64,
    input_hash    String,
    provider      FixedString(32),
    number        UInt32 COMMENT 'place in the fold of this provider and epoch, from 0',
    class         LowCardinality(String) COMMENT 'delivered, challenge_passed, uptime_full, heartbeat_shortfall, not_delivered, dispute_lost, challenge_failed, slashed, epoch_end',
    at            Int64 COMMENT 'Unix seconds at which it was beyond dispute',
    slot          UInt64,
    tx_index      UInt32,
    position      UInt32 COMMENT 'of its event in the transaction',
    signature     FixedString(64) COMMENT 'zero bytes for what the epoch itself makes',
    subject       FixedString(32) COMMENT 'order, or evidence of a slash; zero bytes for none',
    cluster       String COMMENT 'of the buyer, hex; empty for other classes',
    own_cluster   UInt8 COMMENT '1 when the buyer is of the cluster of the provider',
    gpu_seconds   UInt64 COMMENT 'that a fee was paid for',
    shortfall_ppm UInt32 COMMENT 'part of the expected heartbeats that did not come',
    score_before  UInt32 COMMENT 'ppm',
    score_after   UInt32 COMMENT 'ppm',
    target_after  UInt32 COMMENT 'ppm to be regained before gains count in full, 0 for none'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, provider, number);

CREATE VIEW IF NOT EXISTS current_provider_evidence AS
SELECT * FROM provider_evidence FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);

ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS tier UInt8;
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS registered_at Int64 COMMENT 'Unix seconds';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS disputed_count UInt64 COMMENT 'orders that were disputed';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS lost_dispute_count UInt64 COMMENT 'disputes in which the provider was given less than half';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS challenges_passed UInt64;
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS challenges_failed UInt64;
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS slash_count UInt64;
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS slashed_amount UInt64 COMMENT 'base units of INFER';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS volume_infer UInt64 COMMENT 'paid by buyers for work that counts, base units of INFER';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS volume_usdc UInt64 COMMENT 'likewise, base units of USDC';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS heartbeats_expected UInt64 COMMENT 'one in each interval since registration';
ALTER TABLE provider_scores ADD COLUMN IF NOT EXISTS heartbeats_seen UInt64;

ALTER TABLE reward_work ADD COLUMN IF NOT EXISTS settled_seconds UInt64 COMMENT 'GPU-seconds that came due in the window; gpu_seconds is what of them counts';
ALTER TABLE reward_work ADD COLUMN IF NOT EXISTS cap_seconds UInt64 COMMENT 'benchmarked units of the provider and model, times the length of the window';

CREATE OR REPLACE VIEW current_reward_work AS
SELECT * FROM reward_work FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
CREATE OR REPLACE VIEW current_provider_scores AS
SELECT * FROM provider_scores FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
