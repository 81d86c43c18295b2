-- Whether the server dropped transactions inside a block, which parent links do not show.
--
-- A node is asked for every signature that names one of our programs, slot range by slot range, and each is looked for in
-- the record. What is not there stands in `missing_transactions`, and in open_missing_transactions until it is. How far
-- this has got says the cursor 'transactions_checked'; there is none where the feed gives whole blocks.

CREATE TABLE IF NOT EXISTS missing_transactions
(
    slot      UInt64,
    signature FixedString(64),
    program   FixedString(32) COMMENT 'for which the node named it',
    found_at  DateTime64(3) DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(found_at) ORDER BY (slot, signature, program);

CREATE VIEW IF NOT EXISTS open_missing_transactions AS
SELECT slot, signature, program FROM missing_transactions FINAL
WHERE (slot, signature) NOT IN (
    SELECT slot, signature FROM canonical_transactions WHERE slot IN (SELECT slot FROM missing_transactions));
