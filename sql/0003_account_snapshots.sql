-- Account snapshots: all accounts of the programs as they were after one finalized block, read by RPC.
--
-- Blocks filled by RPC carry no account states (blocks.has_accounts = 0), and a record that begins inside a chain knows
-- nothing of what was written before. A snapshot makes that good: what it found stands in `accounts` under its block, and
-- so do the accounts that it no longer found, with lamports = 0. Account states as of slot S are complete when there is a
-- snapshot at X <= S (or the record begins with the chain's first block) and every block after X up to S has accounts.
-- The row is written last: a snapshot that was killed half-way left true facts about its block and does not count.

CREATE TABLE IF NOT EXISTS account_snapshots
(
    slot          UInt64,
    blockhash     FixedString(32),
    account_count UInt64 COMMENT 'accounts of all programs that were living',
    recorded_at   DateTime64(3) DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (slot, blockhash);

-- Those whose block counts.
CREATE VIEW IF NOT EXISTS canonical_account_snapshots AS
SELECT * FROM account_snapshots FINAL
WHERE (slot, blockhash) IN (
    SELECT slot, blockhash FROM blocks FINAL WHERE sign = 1 AND slot IN (SELECT slot FROM account_snapshots));
