-- Governed values that a reward epoch was computed with, as they were in force at its window's last slot.

CREATE TABLE IF NOT EXISTS reward_parameters
(
    reward_epoch UInt64,
    input_hash   String,
    key          String COMMENT 'row of the parameter table',
    value        Int64
)
ENGINE = ReplacingMergeTree ORDER BY (reward_epoch, input_hash, key);

CREATE VIEW IF NOT EXISTS current_reward_parameters AS
SELECT * FROM reward_parameters FINAL WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM current_reward_epochs);
