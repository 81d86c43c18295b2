-- The ledger: what was found wrong in it, and what the chain says of vaults and tokens that no event of ours tells of.
--
-- Its entries are no table: they are a view of the settlements among the canonical events. The cursor 'ledger' says up to
-- which finalized slot they were proven; a fault stands until the same settlements were proven again without it.

CREATE TABLE IF NOT EXISTS ledger_faults
(
    slot              UInt64,
    transaction_index UInt32,
    position          UInt32 COMMENT 'of the settlement in its transaction',
    kind              LowCardinality(String) COMMENT 'unbalanced, parts, price, twice, unknown_order',
    subject           FixedString(32) COMMENT 'order, or marker of a workload',
    expected          String,
    seen              String,
    is_open           UInt8 COMMENT '0 once the settlement was proven without this fault, or is gone',
    recorded_at       DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (slot, transaction_index, position, kind, subject);

CREATE VIEW IF NOT EXISTS open_ledger_faults AS SELECT * FROM ledger_faults FINAL WHERE is_open = 1;

-- Token accounts and mints as finalized on chain, read by RPC: the token program's accounts are not in the stream.
CREATE TABLE IF NOT EXISTS vault_observations
(
    account     FixedString(32),
    slot        UInt64 COMMENT 'as of the end of this finalized slot',
    mint        FixedString(32),
    amount      UInt64,
    recorded_at DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (account, slot);

CREATE TABLE IF NOT EXISTS mint_observations
(
    mint             FixedString(32),
    slot             UInt64 COMMENT 'as of the end of this finalized slot',
    supply           UInt64,
    decimals         UInt8,
    mint_authority   String COMMENT '32 bytes; empty when there is none any more',
    freeze_authority String COMMENT '32 bytes; empty when there is none',
    recorded_at      DateTime64(6)
)
ENGINE = ReplacingMergeTree(recorded_at) ORDER BY (mint, slot);
