-- Token accounts whose balance a transaction changed, as it tells them itself: of those that a call of our programs in it
-- named. The token program's accounts are in no stream by owner, and these rows need none: a block from the stream and the
-- same block by RPC have the same ones. Facts about a block, as all rows of sql/0001_chain.sql; read canonical_token_balances.
-- Blocks that were committed before this table have none until they are fetched again (plumbline backfill).

CREATE TABLE IF NOT EXISTS token_balances
(
    slot          UInt64,
    bank          UInt32,
    blockhash     FixedString(32),
    block_time    Int64,
    tx_index      UInt32,
    account       FixedString(32),
    amount_before UInt64 COMMENT 'base units; 0 where the account did not exist',
    amount        UInt64 COMMENT 'base units after the transaction; 0 where the account is gone',
    INDEX by_account account TYPE bloom_filter GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, tx_index, account, blockhash)
SETTINGS vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1;

CREATE VIEW IF NOT EXISTS canonical_token_balances AS
SELECT r.* FROM token_balances AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash);

CREATE VIEW IF NOT EXISTS readable_token_balances AS
SELECT slot, base58Encode(c.blockhash) AS blockhash, if(c.block_time < 0, NULL, fromUnixTimestamp64Second(c.block_time, 'UTC')) AS block_time,
    tx_index, base58Encode(c.account) AS account, amount_before, amount
FROM (SELECT * FROM canonical_token_balances) AS c;

-- What came to a vault of the programs beside what calls say they paid in. Anybody can send tokens to a vault, so it is no
-- incident and holds up nothing; what a vault lacks is one, in reconciliation_incidents. Found and taken back as those are.
CREATE TABLE IF NOT EXISTS vault_surpluses
(
    slot        UInt64 COMMENT 'block with the first transaction that shows it',
    vault       FixedString(32),
    amount      UInt64 COMMENT 'base units; 0 once the same range was folded again without it',
    recorded_at DateTime64(6) DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (slot, vault);
