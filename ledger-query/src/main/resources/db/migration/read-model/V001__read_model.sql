-- The read model. Everything here stems from ledger.account-events.v1 and can be dropped and replayed.
--
-- Two words rule what a question may show:
--   mark     a seal or a retraction; it carries its seq of the partition, like every record.
--   stretch  the records between two marks, named by the seq of the mark that starts it.
-- A partition's answers stand at one seal (partition.sealed_seq). A row of state is visible once its stretch has been closed by a
-- seal at or below that one (stretch < sealed_seq), a journal entry when its seq is below it. A retraction moves
-- sealed_seq back to the last seal that still stands; the next seal moves it on. So answers go from seal to seal.

-- An amount: an unsigned 256-bit integer. NUMERIC(78,0) would round 1.5 to 2 in silence; this refuses it.
CREATE DOMAIN neuron AS NUMERIC
    CONSTRAINT neuron_is_uint256 CHECK (scale(VALUE) = 0 AND VALUE >= 0 AND VALUE < 2::numeric ^ 256);

-- 20 bytes. Text form: '0x' || encode(owner, 'hex').
CREATE DOMAIN wallet_address AS BYTEA
    CONSTRAINT wallet_address_is_20_bytes CHECK (octet_length(VALUE) = 20);

-- 32 bytes: the hash of a block or a transaction.
CREATE DOMAIN chain_hash AS BYTEA
    CONSTRAINT chain_hash_is_32_bytes CHECK (octet_length(VALUE) = 32);

-- What is followed, as the first record of every partition declares it; one row. A partition of another deployment is refused.
CREATE TABLE deployment (
    only_one BOOLEAN NOT NULL DEFAULT TRUE,
    declared JSONB   NOT NULL,
    CONSTRAINT deployment_pk PRIMARY KEY (only_one),
    CONSTRAINT deployment_only_one CHECK (only_one)
);

-- Where each partition stands: what is read next, and the seal its answers show. Moved by compare-and-set on
-- next_seq in the transaction of the rows.
CREATE TABLE partition (
    partition            INTEGER NOT NULL,
    next_seq        BIGINT  NOT NULL,
    next_offset     BIGINT  NOT NULL, -- in Kafka: below it everything was read, at it or above only next_seq is taken
    stretch         BIGINT  NOT NULL, -- seq of the last mark
    branch          INTEGER NOT NULL, -- the fork counter
    finalized_block BIGINT  NOT NULL, -- the highest block known to be final; -1 where none is
    first_block     BIGINT,           -- the first block ever sealed
    sealed_seq      BIGINT,
    sealed_block    BIGINT,
    sealed_hash     chain_hash,
    sealed_time     TIMESTAMPTZ,      -- block time
    stopped         TEXT,             -- why nothing more is read; for people
    CONSTRAINT partition_pk PRIMARY KEY (partition),
    CONSTRAINT partition_counts_from_zero CHECK (partition >= 0 AND next_seq >= 0 AND next_offset >= 0 AND stretch >= 0),
    CONSTRAINT partition_sealed_whole CHECK (num_nulls(sealed_seq, sealed_block, sealed_hash, sealed_time) IN (0, 4)),
    CONSTRAINT partition_sealed_behind CHECK (sealed_seq < next_seq)
);

-- The seals a retraction could go back to: those at or above the last final block.
CREATE TABLE partition_seal (
    partition       INTEGER     NOT NULL,
    block      BIGINT      NOT NULL,
    seq        BIGINT      NOT NULL,
    block_hash chain_hash  NOT NULL,
    block_time TIMESTAMPTZ NOT NULL,
    CONSTRAINT partition_seal_pk PRIMARY KEY (partition, block)
);

-- Every retraction. The branch of a block that stands is that of the last retraction from it or before it; 0 if none.
CREATE TABLE partition_retraction (
    partition       INTEGER NOT NULL,
    seq        BIGINT  NOT NULL,
    from_block BIGINT  NOT NULL,
    branch     INTEGER NOT NULL,
    CONSTRAINT partition_retraction_pk PRIMARY KEY (partition, seq)
);

-- Every sealed block of every branch, once for all partitions.
CREATE TABLE block (
    block      BIGINT      NOT NULL,
    branch     INTEGER     NOT NULL,
    block_hash chain_hash  NOT NULL,
    block_time TIMESTAMPTZ NOT NULL,
    CONSTRAINT block_pk PRIMARY KEY (block, branch)
);

-- A service's lock period from a block on, as far as the partition has read and the block stands.
CREATE TABLE service_terms (
    partition         INTEGER NOT NULL,
    service      TEXT COLLATE "C" NOT NULL,
    block        BIGINT  NOT NULL,
    lock_seconds BIGINT  NOT NULL,
    CONSTRAINT service_terms_pk PRIMARY KEY (partition, service, block),
    CONSTRAINT service_terms_lock_not_negative CHECK (lock_seconds >= 0)
);

-- The state that each block left each ledger in. Assigned, never added to; dropped when the block is retracted.
CREATE TABLE ledger_state (
    owner     wallet_address NOT NULL,
    block     BIGINT         NOT NULL,
    stretch   BIGINT         NOT NULL,
    partition      INTEGER        NOT NULL,
    open      BOOLEAN        NOT NULL,
    was_open  BOOLEAN        NOT NULL, -- at some moment of the block
    available neuron         NOT NULL,
    locked    neuron         NOT NULL,
    CONSTRAINT ledger_state_pk PRIMARY KEY (owner, block, stretch)
);
CREATE INDEX ledger_state_block ON ledger_state USING brin (block) WITH (pages_per_range = 32, autosummarize = on);

-- Every sub-account that ever was, on any branch: where to look for states.
CREATE TABLE sub_account (
    owner    wallet_address NOT NULL,
    provider wallet_address NOT NULL,
    service  TEXT COLLATE "C" NOT NULL,
    CONSTRAINT sub_account_pk PRIMARY KEY (owner, service, provider)
);

-- The state that each block left each sub-account in, complete. Refunds: active ones, oldest first.
CREATE TABLE sub_account_state (
    owner          wallet_address NOT NULL,
    provider       wallet_address NOT NULL,
    service        TEXT COLLATE "C" NOT NULL,
    block          BIGINT         NOT NULL,
    stretch        BIGINT         NOT NULL,
    partition           INTEGER        NOT NULL,
    open           BOOLEAN        NOT NULL,
    balance        neuron         NOT NULL,
    pending_refund neuron         NOT NULL,
    acknowledged   BOOLEAN        NOT NULL,
    refunds        JSONB          NOT NULL,
    CONSTRAINT sub_account_state_pk PRIMARY KEY (owner, provider, service, block, stretch)
);
CREATE INDEX sub_account_state_block ON sub_account_state USING brin (block)
    WITH (pages_per_range = 32, autosummarize = on);

-- The journal: one row per account event that leaves balances, kept for ever, as it was published; the columns before
-- are what it is found and filtered by. seq is the partition's; newest first is seq descending.
CREATE TABLE entry (
    owner            wallet_address NOT NULL,
    seq              BIGINT         NOT NULL,
    partition             INTEGER        NOT NULL,
    type             TEXT           NOT NULL, -- the event's stored name
    provider         wallet_address,
    service          TEXT COLLATE "C",
    amount           neuron,
    block            BIGINT         NOT NULL,
    block_time       TIMESTAMPTZ    NOT NULL,
    transaction_hash chain_hash,
    retracted        BOOLEAN        NOT NULL,
    record           JSON           NOT NULL,
    CONSTRAINT entry_pk PRIMARY KEY (owner, seq)
);
CREATE INDEX entry_block ON entry USING brin (block) WITH (pages_per_range = 32, autosummarize = on);

-- Facts that broke a rule, and what people said of them.
CREATE TABLE discrepancy (
    owner      wallet_address NOT NULL,
    seq        BIGINT         NOT NULL,
    partition       INTEGER        NOT NULL,
    key        TEXT           NOT NULL,
    rule       TEXT           NOT NULL,
    provider   wallet_address,
    service    TEXT,
    expected   TEXT           NOT NULL,
    actual     TEXT           NOT NULL,
    block      BIGINT         NOT NULL,
    block_time TIMESTAMPTZ    NOT NULL,
    retracted  BOOLEAN        NOT NULL,
    CONSTRAINT discrepancy_pk PRIMARY KEY (owner, seq)
);

CREATE TABLE discrepancy_resolution (
    owner       wallet_address NOT NULL,
    seq         BIGINT         NOT NULL,
    partition        INTEGER        NOT NULL,
    key         TEXT           NOT NULL,
    reason      TEXT           NOT NULL,
    resolved_by TEXT           NOT NULL,
    resolved_at TIMESTAMPTZ    NOT NULL,
    CONSTRAINT discrepancy_resolution_pk PRIMARY KEY (owner, seq)
);

-- Owners whose answers stand still: a record of theirs was not understood, by ledger-command (it says so in the partition,
-- and says when it is over) or by this service (then what is theirs is parked here). cap: the seal they stand at.
CREATE TABLE quarantine (
    owner        wallet_address NOT NULL,
    seq          BIGINT         NOT NULL,
    partition         INTEGER        NOT NULL,
    found_by     TEXT           NOT NULL,
    reason       TEXT           NOT NULL,
    cap_seq      BIGINT,
    cap_block    BIGINT,
    released_seq BIGINT,        -- in effect from the next seal on
    CONSTRAINT quarantine_pk PRIMARY KEY (owner, seq),
    CONSTRAINT quarantine_found_by CHECK (found_by IN ('ledger-command', 'ledger-query')),
    CONSTRAINT quarantine_cap_whole CHECK (num_nulls(cap_seq, cap_block) IN (0, 2))
);
CREATE INDEX quarantine_partition ON quarantine (partition);

-- Records of owners quarantined by this service, in order, as they came.
CREATE TABLE parked_record (
    partition         INTEGER        NOT NULL,
    seq          BIGINT         NOT NULL,
    stretch      BIGINT         NOT NULL,
    owner        wallet_address NOT NULL,
    kafka_offset BIGINT         NOT NULL,
    value        BYTEA          NOT NULL,
    CONSTRAINT parked_record_pk PRIMARY KEY (partition, seq)
);
CREATE INDEX parked_record_owner ON parked_record (owner, seq);
