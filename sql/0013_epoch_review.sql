-- What people look at before and after an epoch is committed: its difference from the epoch before, what is unusual in it, the
-- co-signer's word on it; and what is frozen or live beside it: clusters of wallets, and scores since its window ended.

-- One row per published computation.
CREATE TABLE IF NOT EXISTS reward_diffs
(
    reward_epoch        UInt64,
    input_hash          String,
    previous_epoch      UInt64 COMMENT '0 where there is none',
    pool_count          UInt32,
    previous_pool_count UInt32,
    gained_count        UInt32 COMMENT 'pools of both epochs that get more than before',
    lost_count          UInt32,
    new_count           UInt32 COMMENT 'pools with a leaf in this epoch alone',
    gone_count          UInt32 COMMENT 'pools with a leaf in the epoch before alone',
    anomaly_count       UInt32 COMMENT 'all of them, also where reward_anomalies holds only the greatest'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash);

-- The largest gains and losses, and the pools that came and went.
CREATE TABLE IF NOT EXISTS reward_diff_pools
(
    reward_epoch    UInt64,
    input_hash      String,
    kind            LowCardinality(String) COMMENT 'gain, loss, new or gone',
    place           UInt32 COMMENT 'from 0, the largest change first',
    pool            FixedString(32),
    reward          UInt64 COMMENT 'base units of INT; 0 for one that is gone',
    previous_reward UInt64 COMMENT '0 for a new one'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, kind, place);

CREATE TABLE IF NOT EXISTS reward_anomalies
(
    reward_epoch  UInt64,
    input_hash    String,
    kind          LowCardinality(String) COMMENT 'share, concentration or jump',
    pool          FixedString(32) COMMENT 'zero bytes for the epoch as a whole',
    value_bps     UInt64 COMMENT 'share: of the emission; concentration: sum of the squared shares; jump: of the own mean before',
    threshold_bps UInt64,
    reward        UInt64 COMMENT 'base units of INT',
    mean_before   UInt64 COMMENT 'of the epochs before that were looked at; 0 but for a jump'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, kind, pool);

-- Every word of a co-signer; the last one on an artefact holds.
CREATE TABLE IF NOT EXISTS reward_cosignatures
(
    reward_epoch  UInt64,
    artefact_hash String COMMENT 'hex SHA-256 of the artefact that was judged',
    cosigner      String COMMENT 'base58 public key',
    verdict       LowCardinality(String) COMMENT 'approved or blocked',
    reason        String COMMENT 'of a block; part of what is signed',
    signature     FixedString(64) COMMENT 'ed25519',
    signed_at     DateTime64(6)
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, artefact_hash, cosigner, signed_at);

-- Wallets that belonged together at the last slot of an epoch's window; a wallet that nobody links has no row.
CREATE TABLE IF NOT EXISTS wallet_clusters
(
    reward_epoch UInt64,
    input_hash   String,
    wallet       FixedString(32),
    cluster      FixedString(32) COMMENT 'lowest member or shared account of the cluster',
    rule_version LowCardinality(String)
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, wallet);

-- Scores as of now: those of the last computed epoch, and what became final since folded onto them.
CREATE TABLE IF NOT EXISTS live_provider_scores
(
    provider        FixedString(32),
    base_epoch      UInt64 COMMENT 'reward epoch whose scores it starts from, 0 for none',
    base_input_hash String,
    through_slot    UInt64 COMMENT 'finalized slot up to which evidence is in it',
    score           UInt32 COMMENT 'ppm',
    displayed_score UInt32 COMMENT 'ppm, capped by bond',
    target_score    UInt32 COMMENT 'ppm to be regained before gains count in full, 0 for none',
    evidence_count  UInt32 COMMENT 'pieces since that epoch',
    recorded_at     DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY provider;

CREATE VIEW IF NOT EXISTS current_wallet_clusters AS
SELECT * FROM wallet_clusters FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
