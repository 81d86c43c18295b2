-- Trees over providers that a reward epoch puts on the marketplace's books: their displayed scores, and their incentives.
-- A leaf is the text `<provider>,<number>,<reward epoch>`; trees are those of reward epochs.

CREATE TABLE IF NOT EXISTS provider_trees
(
    reward_epoch UInt64,
    input_hash   String,
    kind         LowCardinality(String) COMMENT 'reputation or incentives',
    root         FixedString(32),
    leaf_count   UInt32 COMMENT 'without padding',
    total        UInt64 COMMENT 'of incentives, base units of INFER; 0 for scores'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, kind);

CREATE TABLE IF NOT EXISTS provider_leaves
(
    reward_epoch  UInt64,
    input_hash    String,
    kind          LowCardinality(String) COMMENT 'reputation or incentives',
    provider      FixedString(32),
    number        UInt64 COMMENT 'displayed score, ppm; incentive, base units of INFER',
    leaf_position UInt32,
    proof         Array(FixedString(32)) COMMENT 'siblings from the leaf up',
    proof_path    Array(UInt8) COMMENT '1 where the sibling stands on the left'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, kind, provider);

CREATE VIEW IF NOT EXISTS current_provider_trees AS
SELECT * FROM provider_trees FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
CREATE VIEW IF NOT EXISTS current_provider_leaves AS
SELECT * FROM provider_leaves FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
