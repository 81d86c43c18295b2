-- IDLs that were added while running, and what they make of payloads that were kept undecoded until then.
--
-- The registry is: the IDLs of Plumbline's own programs, then the rows of `idls` in the order they were recorded. The
-- first text recorded for a program and slot holds for ever. `blocks.decoded_by` counts the rows that the registry had
-- when a block was decoded; of two marks of one generation the one of the larger registry counts.
-- A payload that an added IDL decodes gets the rows that it would have had from the start, and a row in `redecoded`,
-- which takes it out of canonical_undecoded; its block is then marked again with the counts and the content hash of that
-- state. Nothing is deleted.

CREATE TABLE IF NOT EXISTS idls
(
    program     String COMMENT 'base58',
    from_slot   UInt64 COMMENT 'first slot at which it is in force',
    prefix      String COMMENT 'first part of the names of its tables',
    sha256      String COMMENT 'hex, of content',
    content     String COMMENT 'JSON text as given' CODEC(ZSTD(3)),
    recorded_at DateTime64(6) DEFAULT now64(6)
)
ENGINE = MergeTree ORDER BY (program, from_slot, recorded_at);

-- Rows of `undecoded` that an added IDL has decoded, by their key.
CREATE TABLE IF NOT EXISTS redecoded
(
    slot       UInt64,
    bank       UInt32,
    source     LowCardinality(String),
    tx_index   UInt32,
    ix_path    Array(UInt16),
    ordinal    UInt32,
    public_key FixedString(32),
    blockhash  FixedString(32)
)
ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, source, tx_index, ix_path, ordinal, public_key, blockhash);

ALTER TABLE blocks ADD COLUMN IF NOT EXISTS decoded_by UInt32 DEFAULT 0 COMMENT 'IDLs that had been added to the registry which decoded the block' AFTER generation;
ALTER TABLE blocks MODIFY COLUMN version UInt64 MATERIALIZED bitShiftLeft(toUInt64(generation), 40) + 2 * toUInt64(decoded_by) + has_accounts;

ALTER TABLE undecoded ADD COLUMN IF NOT EXISTS position UInt32 COMMENT 'of an event in its transaction';
ALTER TABLE undecoded ADD COLUMN IF NOT EXISTS transport LowCardinality(String) COMMENT 'of an event: log or cpi';
ALTER TABLE undecoded ADD COLUMN IF NOT EXISTS accounts Array(FixedString(32)) COMMENT 'of an instruction';

CREATE OR REPLACE VIEW canonical_blocks AS
SELECT *, if(slot <= (SELECT max(slot) FROM cursors WHERE name = 'finalized'), 'finalized', 'confirmed') AS status
FROM blocks FINAL WHERE sign = 1;
CREATE OR REPLACE VIEW canonical_undecoded AS
SELECT r.* FROM undecoded AS r FINAL
LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b USING (slot, bank, blockhash)
WHERE (slot, bank, source, tx_index, ix_path, ordinal, public_key, blockhash) NOT IN (
    SELECT slot, bank, source, tx_index, ix_path, ordinal, public_key, blockhash FROM redecoded);
