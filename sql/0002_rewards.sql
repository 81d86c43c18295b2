-- Reward epochs: windows, inputs, allocation, trees, artefacts and what was sent to the chain.
--
-- Every table is append-only and idempotent by key: a step that was killed is done again and writes the same rows.
-- Rows of a computation carry its input_hash; only those whose input_hash is the one in the epoch's latest state count,
-- so that a computation given up half-way is never mixed with the one that was used. Read the current_* views.

-- Rows (from which epoch, when it starts, how long each is). The first row written for an epoch number holds for ever.
CREATE TABLE IF NOT EXISTS reward_schedule
(
    from_reward_epoch UInt64,
    start_time        Int64 COMMENT 'Unix seconds at which that epoch starts',
    length_seconds    UInt64,
    recorded_at       DateTime64(6) DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree ORDER BY (from_reward_epoch, start_time, length_seconds);

-- One row per epoch and state reached; each repeats what earlier states have settled. The highest state_rank is the epoch's.
CREATE TABLE IF NOT EXISTS reward_epochs
(
    reward_epoch     UInt64,
    state_rank       UInt8 COMMENT 'position in: open, marked, computed, verified, published, approved, committed, finalized, accrued',
    state            LowCardinality(String),
    window_start     Int64 COMMENT 'Unix seconds, inclusive',
    window_end       Int64 COMMENT 'Unix seconds, exclusive',
    first_slot       UInt64 COMMENT 'first finalized block of the window, 0 until resolved',
    last_slot        UInt64,
    eligibility_slot UInt64 COMMENT 'slot of the marking transaction',
    mark_signature   String COMMENT 'base58, empty until marked',
    rule_version     LowCardinality(String),
    input_hash       String COMMENT 'hex SHA-256 of the inputs, empty until computed',
    artefact_hash    String COMMENT 'hex SHA-256 of the artefact, empty until computed',
    emission         UInt64 COMMENT 'base units of INT that the chain demands for the epoch',
    total_rewards    UInt64,
    total_usdc       UInt64,
    orphaned_usdc    UInt64 COMMENT 'inflow of pools that can no longer claim the epoch, not part of total_usdc',
    pool_count       UInt32 COMMENT 'leaves, which is the number of eligible pools',
    roots            Array(FixedString(32)),
    published_at     Int64 COMMENT 'Unix seconds, 0 until published',
    approved_by      String COMMENT 'who allowed the commit: a key, or auto',
    record_address   String COMMENT 'base58 address of the RewardRecord',
    commit_signature String COMMENT 'base58, empty when the record was found on chain',
    commit_slot      UInt64,
    recorded_at      DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (reward_epoch, state_rank);

-- One row per pool that was looked at, with every factor of its weight.
CREATE TABLE IF NOT EXISTS reward_inputs
(
    reward_epoch       UInt64,
    input_hash         String,
    pool               FixedString(32),
    eligible           UInt8,
    halted             UInt8,
    below_minimum      UInt8 COMMENT 'operator holds less than min_operator_token_stake',
    joined_at_epoch    UInt64,
    last_claimed_epoch UInt64,
    closed_at_epoch    Int64 COMMENT '-1 when open',
    total_staked       UInt64 COMMENT 'base units of INT at eligibility_slot',
    operator_stake     UInt64,
    usdc_inflow        UInt64,
    work_weight        UInt256 COMMENT 'sum over its providers and models of seconds, model weight and displayed score, 0 for a pool without weight',
    stake_weight       UInt256
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, pool);

-- The work behind work_weight: one row per provider and model.
CREATE TABLE IF NOT EXISTS reward_work
(
    reward_epoch    UInt64,
    input_hash      String,
    pool            FixedString(32),
    provider        FixedString(32),
    model           UInt8 COMMENT 'index in the marketplace catalogue',
    gpu_seconds     UInt64,
    model_weight    UInt64,
    displayed_score UInt32 COMMENT 'ppm, capped by bond, at the last slot of the window',
    order_count     UInt32
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, pool, provider, model);

CREATE TABLE IF NOT EXISTS reward_leaves
(
    reward_epoch  UInt64,
    input_hash    String,
    pool          FixedString(32),
    reward        UInt64 COMMENT 'base units of INT',
    usdc          UInt64 COMMENT 'base units of USDC',
    work_reward   UInt64,
    stake_reward  UInt64,
    tree_index    UInt16 COMMENT 'merkle_index of accrue_reward',
    leaf_position UInt32 COMMENT 'in its tree',
    leaf_hash     FixedString(32),
    proof         Array(FixedString(32)) COMMENT 'siblings from the leaf up',
    proof_path    Array(UInt8) COMMENT '1 where the sibling stands on the left'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, pool);

CREATE TABLE IF NOT EXISTS reward_trees
(
    reward_epoch UInt64,
    input_hash   String,
    tree_index   UInt16,
    root         FixedString(32),
    leaf_count   UInt32 COMMENT 'without padding',
    depth        UInt8
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, tree_index);

-- The canonical JSON of an epoch, from which anyone can compute it again.
CREATE TABLE IF NOT EXISTS reward_artefacts
(
    reward_epoch  UInt64,
    artefact_hash String COMMENT 'hex SHA-256 of content',
    input_hash    String,
    rule_version  LowCardinality(String),
    size_bytes    UInt64,
    content       String CODEC(ZSTD(3)),
    recorded_at   DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (reward_epoch, artefact_hash);

-- Intents and fates of transactions. A row `sent` is written before the bytes leave, so none is ever forgotten.
CREATE TABLE IF NOT EXISTS reward_transactions
(
    reward_epoch            UInt64,
    kind                    LowCardinality(String) COMMENT 'mark, commit or accrue',
    target                  String COMMENT 'base58: pool of an accrual, record of a commit, pool overview of a marking',
    signature               String COMMENT 'base58',
    status                  LowCardinality(String) COMMENT 'sent, finalized, failed or expired',
    slot                    UInt64 COMMENT '0 until known',
    last_valid_block_height UInt64,
    error_code              String,
    error                   String,
    recorded_at             DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (reward_epoch, kind, target, signature);

-- What keeps a step of an epoch (or one pool of it) from going on. code is empty once it has gone away.
CREATE TABLE IF NOT EXISTS reward_problems
(
    reward_epoch UInt64,
    step         LowCardinality(String),
    target       String COMMENT 'base58 of the pool for an accrual, else empty',
    code         String,
    message      String,
    context      String COMMENT 'JSON',
    recorded_at  DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (reward_epoch, step, target);

-- Score of every provider at the last slot of each epoch's window, with the counts beside it.
CREATE TABLE IF NOT EXISTS provider_scores
(
    reward_epoch     UInt64,
    input_hash       String,
    provider         FixedString(32),
    score            UInt32 COMMENT 'ppm',
    displayed_score  UInt32 COMMENT 'ppm, capped by bond',
    target_score     UInt32 COMMENT 'ppm to be regained before gains count in full, 0 for none',
    bond             UInt64,
    required_bond    UInt64,
    delivered_count  UInt64 COMMENT 'orders delivered since registration, as the other counts',
    failed_count     UInt64 COMMENT 'orders refunded after their delivery deadline',
    refunded_count   UInt64 COMMENT 'orders refunded because they were never started',
    gpu_seconds      UInt64,
    epoch_delivered  UInt32 COMMENT 'orders delivered in this reward epoch'
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, provider);

CREATE VIEW IF NOT EXISTS current_reward_epochs AS
SELECT * FROM reward_epochs FINAL ORDER BY reward_epoch, state_rank DESC LIMIT 1 BY reward_epoch;
CREATE VIEW IF NOT EXISTS current_reward_inputs AS
SELECT * FROM reward_inputs FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
CREATE VIEW IF NOT EXISTS current_reward_work AS
SELECT * FROM reward_work FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
CREATE VIEW IF NOT EXISTS current_reward_leaves AS
SELECT * FROM reward_leaves FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
CREATE VIEW IF NOT EXISTS current_reward_trees AS
SELECT * FROM reward_trees FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
CREATE VIEW IF NOT EXISTS current_reward_artefacts AS
SELECT * FROM reward_artefacts FINAL WHERE (reward_epoch, artefact_hash) IN (SELECT reward_epoch, artefact_hash FROM current_reward_epochs);
CREATE VIEW IF NOT EXISTS current_reward_problems AS
SELECT * FROM reward_problems FINAL WHERE code != '';
CREATE VIEW IF NOT EXISTS current_provider_scores AS
SELECT * FROM provider_scores FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
