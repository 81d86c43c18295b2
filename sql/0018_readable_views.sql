-- Views for people: what counts, with keys, signatures and hashes in base58, times as times and call paths as text. Each
-- event has one of its own beside its table (readable_<table>), made from its IDL; docs/sql.md lists all of them.
-- A condition on `slot` reaches both sides of the join below: always give one.

CREATE VIEW IF NOT EXISTS readable_blocks AS
SELECT slot, base58Encode(c.blockhash) AS blockhash, parent_slot, base58Encode(c.parent_blockhash) AS parent_blockhash,
    if(c.block_time < 0, NULL, fromUnixTimestamp64Second(c.block_time, 'UTC')) AS block_time, status, transaction_count, event_count,
    instruction_count, account_count, undecoded_count, provable, lower(hex(c.content_hash)) AS content_hash
FROM (SELECT * FROM canonical_blocks) AS c;

CREATE VIEW IF NOT EXISTS readable_transactions AS
SELECT slot, base58Encode(c.blockhash) AS blockhash, if(c.block_time < 0, NULL, fromUnixTimestamp64Second(c.block_time, 'UTC')) AS block_time,
    tx_index, base58Encode(c.signature) AS signature, base58Encode(c.fee_payer) AS fee_payer, failed, fee_lamports, compute_units, log_truncated
FROM (SELECT * FROM canonical_transactions) AS c;

CREATE VIEW IF NOT EXISTS readable_events AS
SELECT slot, base58Encode(c.blockhash) AS blockhash, if(c.block_time < 0, NULL, fromUnixTimestamp64Second(c.block_time, 'UTC')) AS block_time,
    tx_index, arrayStringConcat(arrayMap(step -> toString(step), c.ix_path), '.') AS ix_path, ordinal, position,
    base58Encode(c.signature) AS signature, base58Encode(c.program) AS program, name, typed_table, transport
FROM (SELECT * FROM canonical_events) AS c;

CREATE VIEW IF NOT EXISTS readable_instructions AS
SELECT slot, base58Encode(c.blockhash) AS blockhash, if(c.block_time < 0, NULL, fromUnixTimestamp64Second(c.block_time, 'UTC')) AS block_time,
    tx_index, arrayStringConcat(arrayMap(step -> toString(step), c.ix_path), '.') AS ix_path, base58Encode(c.signature) AS signature,
    base58Encode(c.program) AS program, name, failed, account_names, arrayMap(each -> base58Encode(each), c.accounts) AS accounts, args
FROM (SELECT * FROM canonical_instructions) AS c;

CREATE VIEW IF NOT EXISTS readable_accounts AS
SELECT slot, base58Encode(c.blockhash) AS blockhash, if(c.block_time < 0, NULL, fromUnixTimestamp64Second(c.block_time, 'UTC')) AS block_time,
    base58Encode(c.public_key) AS public_key, base58Encode(c.program) AS program, name, lamports, fields
FROM (SELECT * FROM canonical_accounts) AS c;

CREATE VIEW IF NOT EXISTS readable_reward_leaves AS
SELECT reward_epoch, base58Encode(c.pool) AS pool, reward, usdc, tree_index, leaf_position, input_hash
FROM (SELECT * FROM current_reward_leaves) AS c;

CREATE VIEW IF NOT EXISTS readable_provider_scores AS
SELECT reward_epoch, base58Encode(c.provider) AS provider, score, displayed_score, target_score, bond, required_bond,
    delivered_count, failed_count, refunded_count, gpu_seconds
FROM (SELECT * FROM current_provider_scores) AS c;
