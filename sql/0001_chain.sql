-- The record of the chain. Every row knows its block by slot, bank and blockhash.
--
-- Rows of transactions, events, instructions, accounts and undecoded are facts about one block, named by its hash: they
-- hold for ever, whether or not the chain kept that block. Writing one twice (a replay after a crash, a second indexer,
-- a backfill over live data) leaves one row after FINAL.
-- Which blocks count is said by `blocks` alone. Its row is written after all other rows of the block: the commit mark.
-- A block that the chain replaced is cancelled by the same row with sign = -1 and the next generation, and taken back,
-- should the chain return to it, by sign = 1 and the generation after that; nothing is ever deleted. One row decides, so
-- commit and cancel are atomic, and rows that a crash left without a mark are never seen.
-- Read the canonical_* views, not the tables. A condition on `slot` reaches both sides of their join: always give one.

CREATE TABLE IF NOT EXISTS chain_identity
(
    genesis_hash String,
    first_slot   UInt64,
    recorded_at  DateTime64(3) DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree ORDER BY genesis_hash;

CREATE TABLE IF NOT EXISTS blocks
(
    slot              UInt64,
    bank              UInt32,
    blockhash         FixedString(32),
    parent_slot       UInt64,
    parent_blockhash  FixedString(32),
    block_time        Int64 COMMENT 'Unix seconds; -1 where the chain gave none',
    block_height      Int64 COMMENT '-1 where the chain gave none',
    transaction_count UInt32 COMMENT 'of our programs',
    event_count       UInt32,
    instruction_count UInt32,
    account_count     UInt32,
    undecoded_count   UInt32 COMMENT 'of events and instructions',
    provable          UInt8 COMMENT '0 when a log was cut or absent',
    has_accounts      UInt8 COMMENT '0 when written from a source without account states (RPC)',
    content_hash      FixedString(32) COMMENT 'SHA-256 over the rows of transactions, events, instructions and undecoded; equal for every indexer',
    sign              Int8 COMMENT '1 committed, -1 cancelled',
    generation        UInt32 COMMENT 'even: committed, odd: cancelled; each fork that touches the block adds one',
    version           UInt64 MATERIALIZED 2 * toUInt64(generation) + has_accounts
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, blockhash);

CREATE TABLE IF NOT EXISTS transactions
(
    slot             UInt64,
    bank             UInt32,
    blockhash        FixedString(32),
    block_time       Int64,
    tx_index         UInt32,
    signature        FixedString(64),
    fee_payer        FixedString(32),
    failed           UInt8,
    error            String COMMENT 'bincode of the TransactionError; empty when it succeeded',
    fee_lamports     UInt64,
    compute_units    Nullable(UInt64),
    log_truncated    UInt8,
    INDEX by_signature signature TYPE bloom_filter GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, tx_index, blockhash);

-- The envelope of every event. The typed columns stand in one table per event, made from the IDL (staking_accrue_reward, ...).
CREATE TABLE IF NOT EXISTS events
(
    slot        UInt64,
    bank        UInt32,
    blockhash   FixedString(32),
    block_time  Int64,
    tx_index    UInt32,
    ix_path     Array(UInt16) COMMENT 'call path; [2, 0] is the first CPI of the third top-level instruction',
    ordinal     UInt32 COMMENT 'counts the events of one instruction',
    position    UInt32 COMMENT 'order of emission in the transaction',
    signature   FixedString(64),
    program     FixedString(32),
    name        LowCardinality(String),
    typed_table LowCardinality(String),
    transport   LowCardinality(String) COMMENT 'log or cpi',
    data        String COMMENT 'discriminator and payload as emitted'
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, tx_index, ix_path, ordinal, blockhash);

CREATE TABLE IF NOT EXISTS instructions
(
    slot          UInt64,
    bank          UInt32,
    blockhash     FixedString(32),
    block_time    Int64,
    tx_index      UInt32,
    ix_path       Array(UInt16),
    signature     FixedString(64),
    program       FixedString(32),
    name          LowCardinality(String),
    failed        UInt8,
    account_names Array(LowCardinality(String)) COMMENT 'empty text for accounts beyond those of the IDL',
    accounts      Array(FixedString(32)),
    args          String COMMENT 'canonical JSON; integers of 64 bits and more as text, keys as base58, bytes as hex',
    data          String
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, tx_index, ix_path, blockhash);

-- Latest state per block of every account of the programs. lamports = 0 means the account is gone.
CREATE TABLE IF NOT EXISTS accounts
(
    slot          UInt64,
    bank          UInt32,
    blockhash     FixedString(32),
    block_time    Int64,
    public_key    FixedString(32),
    program       FixedString(32) COMMENT 'owner',
    name          LowCardinality(String) COMMENT 'account type of the IDL; empty when it could not be decoded',
    lamports      UInt64,
    write_version UInt64,
    fields        String COMMENT 'canonical JSON, as args of instructions; empty when it could not be decoded',
    data          String
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (public_key, slot, bank, blockhash);

-- Everything of our programs that no registered IDL could decode, kept until one can.
CREATE TABLE IF NOT EXISTS undecoded
(
    slot        UInt64,
    bank        UInt32,
    blockhash   FixedString(32),
    block_time  Int64,
    source      LowCardinality(String) COMMENT 'event, instruction or account',
    tx_index    UInt32,
    ix_path     Array(UInt16),
    ordinal     UInt32,
    public_key  FixedString(32) COMMENT 'of an account; zero bytes otherwise',
    program     FixedString(32),
    reason      LowCardinality(String),
    data        String
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, source, tx_index, ix_path, ordinal, public_key, blockhash);

-- Named positions on the chain: 'finalized' is the last finalized block that is committed here.
CREATE TABLE IF NOT EXISTS cursors
(
    name        LowCardinality(String),
    slot        UInt64,
    blockhash   FixedString(32),
    recorded_at DateTime64(3) DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(slot) ORDER BY name;

CREATE VIEW IF NOT EXISTS canonical_blocks AS
SELECT *, if(slot <= (SELECT max(slot) FROM cursors WHERE name = 'finalized'), 'finalized', 'confirmed') AS status
FROM blocks FINAL WHERE sign = 1;
CREATE VIEW IF NOT EXISTS canonical_transactions AS
SELECT r.* FROM transactions AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash);
CREATE VIEW IF NOT EXISTS canonical_events AS
SELECT r.* FROM events AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash);
CREATE VIEW IF NOT EXISTS canonical_instructions AS
SELECT r.* FROM instructions AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash);
CREATE VIEW IF NOT EXISTS canonical_accounts AS
SELECT r.* FROM accounts AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash);
CREATE VIEW IF NOT EXISTS canonical_undecoded AS
SELECT r.* FROM undecoded AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash);
