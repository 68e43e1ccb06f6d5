-- The read model. Everything here stems from ledger.account-events.v1 and ledger.blocks.v1 and can be dropped and
-- replayed.

-- An amount: an unsigned 256-bit integer. NUMERIC(78,0) would round 1.5 to 2 in silence; this refuses it.
CREATE DOMAIN neuron AS NUMERIC
    CONSTRAINT neuron_is_uint256 CHECK (scale(VALUE) = 0 AND VALUE >= 0 AND VALUE < 2::numeric ^ 256);

-- A sum or difference over many amounts: it may be negative, and leave 256 bits.
CREATE DOMAIN neuron_sum AS NUMERIC CONSTRAINT neuron_sum_is_whole CHECK (scale(VALUE) = 0);

-- 20 bytes. Text form: '0x' || encode(owner, 'hex').
CREATE DOMAIN wallet_address AS BYTEA
    CONSTRAINT wallet_address_is_20_bytes CHECK (octet_length(VALUE) = 20);

-- 32 bytes: the hash of a block or a transaction.
CREATE DOMAIN chain_hash AS BYTEA
    CONSTRAINT chain_hash_is_32_bytes CHECK (octet_length(VALUE) = 32);

-- What an answer shows.
--
-- A partition has records of some blocks only, and each of these blocks ends with a seal in it. The block that its
-- answers are as of is computed: from the chain seq up to which the partition's last seal covers its chain events
-- (partition.chain_next), and from block_next, which names the first block for which more of them must have been read.
--
-- Marks decide which rows of these blocks an answer may show. A mark is a seal or a retraction; like every record it
-- has a seq in its partition. mark_seq is the seq of the last mark before a record.
-- A row of state is visible once the partition's last seal (partition.sealed_seq) has followed it (mark_seq <
-- sealed_seq), a journal entry when its seq is below it. A retraction moves sealed_seq back to the last seal that is
-- not retracted; the next seal moves it on: answers go from seal to seal. Either topic may be ahead of the other: a row
-- is visible only up to the block that the answer is as of, whatever the seal.

-- The deployment, as the first record of every partition and of the blocks declares it; one row. A topic of another
-- deployment is refused.
CREATE TABLE deployment (
    only_one BOOLEAN NOT NULL DEFAULT TRUE,
    declared JSONB   NOT NULL,
    CONSTRAINT deployment_pk PRIMARY KEY (only_one),
    CONSTRAINT deployment_only_one CHECK (only_one)
);

-- The position of each partition of account events: the record that is read next, and the last seal. A compare-and-set
-- on next_seq moves it, in the transaction of the rows.
CREATE TABLE partition (
    partition       INTEGER     NOT NULL,
    next_seq        BIGINT      NOT NULL,
    next_offset     BIGINT      NOT NULL, -- Kafka's: everything below it was read
    mark_seq        BIGINT      NOT NULL, -- seq of the last mark
    branch          INTEGER     NOT NULL, -- the fork counter
    finalized_block BIGINT      NOT NULL, -- the highest block known to be final at its last seal; -1 where none is
    sealed_seq      BIGINT,
    sealed_block    BIGINT,
    sealed_hash     chain_hash,
    sealed_time     TIMESTAMPTZ, -- of the block
    chain_next      BIGINT,      -- the next seq of the partition's chain events after the last seal
    recorded_on     DATE,        -- the newest day, UTC, that one of its records was recorded on
    day_seq         BIGINT,      -- seq of the first record of that day
    stopped         TEXT,        -- why it has halted; for people
    CONSTRAINT partition_pk PRIMARY KEY (partition),
    CONSTRAINT partition_counts_from_zero
        CHECK (partition >= 0 AND next_seq >= 0 AND next_offset >= 0 AND mark_seq >= 0),
    CONSTRAINT partition_sealed_whole
        CHECK (num_nulls(sealed_seq, sealed_block, sealed_hash, sealed_time, chain_next) IN (0, 5)),
    CONSTRAINT partition_day_whole CHECK (num_nulls(recorded_on, day_seq) IN (0, 2)),
    CONSTRAINT partition_sealed_before CHECK (sealed_seq < next_seq)
);

-- The seals a retraction could go back to: the newest at or below the last final block, and those above it.
CREATE TABLE partition_seal (
    partition  INTEGER     NOT NULL,
    block      BIGINT      NOT NULL,
    seq        BIGINT      NOT NULL,
    block_hash chain_hash  NOT NULL,
    block_time TIMESTAMPTZ NOT NULL,
    chain_next BIGINT      NOT NULL,
    CONSTRAINT partition_seal_pk PRIMARY KEY (partition, block)
);

-- How far each partition was at the end of a day, UTC: one row where a record of a later day follows. It holds for the
-- days before it too that have no row of their own. The first row of a partition is of the day before its first record.
CREATE TABLE partition_day (
    partition       INTEGER NOT NULL,
    day             DATE    NOT NULL, -- the last one that ended before next_seq was recorded
    next_seq        BIGINT  NOT NULL, -- of the first record after its end
    mark_seq        BIGINT  NOT NULL, -- seq of the last mark before
    branch          INTEGER NOT NULL,
    finalized_block BIGINT  NOT NULL,
    sealed_block    BIGINT,           -- of the last seal before that is not retracted
    sealed_hash     chain_hash,
    sealed_time     TIMESTAMPTZ,
    lacking_block   BIGINT,           -- the first block whose records are not all before next_seq: that of the next
    lacking_seq     BIGINT,           -- seal, with its seq; NULL until then, and where a retraction comes before it
    CONSTRAINT partition_day_pk PRIMARY KEY (partition, day),
    CONSTRAINT partition_day_lacking_whole CHECK (num_nulls(lacking_block, lacking_seq) IN (0, 2)),
    CONSTRAINT partition_day_sealed_whole CHECK (num_nulls(sealed_block, sealed_hash, sealed_time) IN (0, 3))
);

-- Every retraction.
CREATE TABLE partition_retraction (
    partition  INTEGER NOT NULL,
    seq        BIGINT  NOT NULL,
    from_block BIGINT  NOT NULL,
    branch     INTEGER NOT NULL,
    CONSTRAINT partition_retraction_pk PRIMARY KEY (partition, seq)
);

-- The position in ledger.blocks.v1; one row. A compare-and-set on next_seq moves it, in the transaction of the blocks.
CREATE TABLE blocks_position (
    only_one        BOOLEAN NOT NULL DEFAULT TRUE,
    next_seq        BIGINT  NOT NULL,
    next_offset     BIGINT  NOT NULL, -- Kafka's: everything below it was read
    branch          INTEGER NOT NULL, -- the fork counter of the newest block
    finalized_block BIGINT  NOT NULL, -- the highest block known to be final; -1 where none is
    first_block     BIGINT,
    newest_block    BIGINT,
    stopped         TEXT,    -- why it has halted; for people
    CONSTRAINT blocks_position_pk PRIMARY KEY (only_one),
    CONSTRAINT blocks_position_only_one CHECK (only_one),
    CONSTRAINT blocks_position_counts_from_zero CHECK (next_seq >= 0 AND next_offset >= 0),
    CONSTRAINT blocks_position_whole CHECK (num_nulls(first_block, newest_block) IN (0, 2)
        AND first_block <= newest_block)
);

-- Every block from the first one followed to the newest, as chain-indexer published it last: those of the current
-- branch, and no retracted one.
CREATE TABLE block (
    block      BIGINT      NOT NULL,
    block_hash chain_hash  NOT NULL,
    block_time TIMESTAMPTZ NOT NULL,
    CONSTRAINT block_pk PRIMARY KEY (block)
);
CREATE INDEX block_hash ON block USING hash (block_hash);

-- How far a partition must have been read for an answer as of a block or a later one: its chain events below next_seq.
-- One row for each block with chain events of the partition. What a reconciliation adds to a block after its seal
-- counts from the next block on.
CREATE TABLE block_next (
    partition INTEGER NOT NULL,
    next_seq  BIGINT  NOT NULL,
    block     BIGINT  NOT NULL,
    CONSTRAINT block_next_pk PRIMARY KEY (partition, next_seq)
);
CREATE INDEX block_next_block ON block_next USING brin (block) WITH (pages_per_range = 32, autosummarize = on);

-- A service's lock period from a block on, as far as the partition has been read and the block is not retracted.
CREATE TABLE service_terms (
    partition    INTEGER          NOT NULL,
    service      TEXT COLLATE "C" NOT NULL,
    block        BIGINT           NOT NULL,
    lock_seconds BIGINT           NOT NULL,
    CONSTRAINT service_terms_pk PRIMARY KEY (partition, service, block),
    CONSTRAINT service_terms_lock_not_negative CHECK (lock_seconds >= 0)
);

-- A provider's price for a service from a block on, as far as the block is not retracted. Every partition is told of
-- it; partition 0 stores it. model: the one that it is for, where its name is one that usage can have. price: as it was
-- published; NULL: the provider no longer offers the service.
CREATE TABLE service_price (
    provider   wallet_address   NOT NULL,
    service    TEXT COLLATE "C" NOT NULL,
    block      BIGINT           NOT NULL,
    block_time TIMESTAMPTZ      NOT NULL,
    model      TEXT COLLATE "C",
    price      JSON,
    CONSTRAINT service_price_pk PRIMARY KEY (provider, service, block)
);

-- The services that the chain events of a partition name, each with the first block that names it: as a registered
-- service, or as that of a sub-account. since: the time of the block that registered it. NULL where it may be older:
-- where following starts with it, or where only a sub-account names it.
CREATE TABLE known_service (
    partition INTEGER          NOT NULL,
    service   TEXT COLLATE "C" NOT NULL,
    block     BIGINT           NOT NULL,
    since     TIMESTAMPTZ,
    CONSTRAINT known_service_pk PRIMARY KEY (partition, service)
);

-- How known_service came about, of every branch: a record that named a service where no earlier one that was still
-- valid did in that block or a lower one. So it is known which services were known at any seq.
CREATE TABLE service_naming (
    partition INTEGER          NOT NULL,
    service   TEXT COLLATE "C" NOT NULL,
    seq       BIGINT           NOT NULL,
    block     BIGINT           NOT NULL,
    since     TIMESTAMPTZ,
    CONSTRAINT service_naming_pk PRIMARY KEY (partition, service, seq)
);

-- The state that each block left each ledger in. Assigned, never added to; dropped when the block is retracted.
CREATE TABLE ledger_state (
    owner     wallet_address NOT NULL,
    block     BIGINT         NOT NULL,
    mark_seq  BIGINT         NOT NULL,
    partition INTEGER        NOT NULL,
    open      BOOLEAN        NOT NULL,
    was_open  BOOLEAN        NOT NULL, -- at some moment of the block
    available neuron         NOT NULL,
    locked    neuron         NOT NULL,
    CONSTRAINT ledger_state_pk PRIMARY KEY (owner, block, mark_seq)
);
CREATE INDEX ledger_state_block ON ledger_state USING brin (block) WITH (pages_per_range = 32, autosummarize = on);

-- Every sub-account that ever was, on any branch: where to look for states.
CREATE TABLE sub_account (
    owner           wallet_address   NOT NULL,
    provider        wallet_address   NOT NULL,
    service         TEXT COLLATE "C" NOT NULL,
    refunds_pending BOOLEAN          NOT NULL DEFAULT FALSE, -- whether its newest state has any refunds
    CONSTRAINT sub_account_pk PRIMARY KEY (owner, service, provider)
);
CREATE INDEX sub_account_service ON sub_account (service);
CREATE INDEX sub_account_refunds ON sub_account (owner, service, provider) WHERE refunds_pending;

-- The state that each block left each sub-account in, complete. Refunds: active ones, oldest first.
CREATE TABLE sub_account_state (
    owner          wallet_address   NOT NULL,
    provider       wallet_address   NOT NULL,
    service        TEXT COLLATE "C" NOT NULL,
    block          BIGINT           NOT NULL,
    mark_seq       BIGINT           NOT NULL,
    partition      INTEGER          NOT NULL,
    open           BOOLEAN          NOT NULL,
    balance        neuron           NOT NULL,
    pending_refund neuron           NOT NULL,
    acknowledged   BOOLEAN          NOT NULL,
    refunds        JSONB            NOT NULL,
    CONSTRAINT sub_account_state_pk PRIMARY KEY (owner, provider, service, block, mark_seq)
);
CREATE INDEX sub_account_state_block ON sub_account_state USING brin (block)
    WITH (pages_per_range = 32, autosummarize = on);

-- What the ledger events of a span did to the sums over all accounts of a service, or, under the service '', to what
-- the ledgers have available. Dropped when the block is retracted.
CREATE TABLE service_change (
    partition      INTEGER          NOT NULL,
    mark_seq       BIGINT           NOT NULL,
    block          BIGINT           NOT NULL,
    service        TEXT COLLATE "C" NOT NULL,
    block_time     TIMESTAMPTZ      NOT NULL,
    events         BIGINT           NOT NULL,
    held           neuron_sum       NOT NULL,
    pending_refund neuron_sum       NOT NULL,
    settled        neuron_sum       NOT NULL,
    written_off    neuron_sum       NOT NULL,
    settlements    BIGINT           NOT NULL,
    CONSTRAINT service_change_pk PRIMARY KEY (partition, mark_seq, block, service)
);
CREATE INDEX service_change_block ON service_change USING brin (block) WITH (pages_per_range = 32, autosummarize = on);

-- The same by UTC day, with the direct requests that count: changed only in the statements that write or drop changes,
-- and in those that change usage_hour. A day without any has no row.
CREATE TABLE service_day (
    partition      INTEGER          NOT NULL,
    service        TEXT COLLATE "C" NOT NULL,
    day            DATE             NOT NULL,
    events         BIGINT           NOT NULL DEFAULT 0,
    held           neuron_sum       NOT NULL DEFAULT 0,
    pending_refund neuron_sum       NOT NULL DEFAULT 0,
    settled        neuron_sum       NOT NULL DEFAULT 0,
    written_off    neuron_sum       NOT NULL DEFAULT 0,
    settlements    BIGINT           NOT NULL DEFAULT 0,
    requests       BIGINT           NOT NULL DEFAULT 0,
    used           neuron_sum       NOT NULL DEFAULT 0,
    unverified     neuron_sum       NOT NULL DEFAULT 0, -- what was charged of used without unit prices
    CONSTRAINT service_day_pk PRIMARY KEY (partition, service, day)
);

-- The journal: one row per account event that leaves balances, kept for ever, as it was published; the columns before
-- are what it is found and filtered by. seq is the partition's; newest first is seq descending.
CREATE TABLE entry (
    owner            wallet_address   NOT NULL,
    seq              BIGINT           NOT NULL,
    partition        INTEGER          NOT NULL,
    type             TEXT COLLATE "C" NOT NULL, -- the event's stored name
    provider         wallet_address,
    service          TEXT COLLATE "C" ,
    amount           neuron,
    block            BIGINT           NOT NULL,
    block_time       TIMESTAMPTZ      NOT NULL,
    transaction_hash chain_hash,
    evidence         TEXT COLLATE "C" , -- its kind; NULL where the passing of time was the cause
    retracted        BOOLEAN          NOT NULL,
    payload          JSON             NOT NULL, -- sequence, recorded_at and the event, without what the columns hold
    CONSTRAINT entry_pk PRIMARY KEY (owner, seq)
);
CREATE UNIQUE INDEX entry_id ON entry (partition, seq);
CREATE INDEX entry_block ON entry USING brin (block) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX entry_transaction ON entry (transaction_hash) WHERE transaction_hash IS NOT NULL;
-- Without the types and the evidence that most entries have: those are read along the primary key.
CREATE INDEX entry_type ON entry (owner, type, seq) WHERE type <> 'fees-settled.v1';
CREATE INDEX entry_evidence ON entry (owner, evidence, seq)
    WHERE evidence IN ('snapshot', 'unexplained', 'unverified');

-- Facts that broke a rule, and their resolutions.
CREATE TABLE discrepancy (
    owner      wallet_address NOT NULL,
    seq        BIGINT         NOT NULL,
    partition  INTEGER        NOT NULL,
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
    owner       wallet_address   NOT NULL,
    seq         BIGINT           NOT NULL,
    partition   INTEGER          NOT NULL,
    key         TEXT             NOT NULL,
    decision    TEXT COLLATE "C" NOT NULL,
    reason      TEXT             NOT NULL,
    resolved_by TEXT             NOT NULL,
    resolved_at TIMESTAMPTZ      NOT NULL,
    CONSTRAINT discrepancy_resolution_pk PRIMARY KEY (owner, seq),
    CONSTRAINT discrepancy_resolution_decision CHECK (decision IN ('resolved', 'revoked'))
);

-- Owners in quarantine, whose answers no longer move: one of their records was not understood, by ledger-command (which
-- publishes the beginning and the end in the partition) or by this service (which parks their records here). cap: the
-- seal at which they stop, with the next seq of the partition's chain events after it.
CREATE TABLE quarantine (
    owner          wallet_address NOT NULL,
    seq            BIGINT         NOT NULL,
    partition      INTEGER        NOT NULL,
    found_by       TEXT           NOT NULL,
    reason         TEXT           NOT NULL,
    cap_seq        BIGINT,
    cap_chain_next BIGINT,
    released_seq   BIGINT,         -- in effect from the next seal on
    CONSTRAINT quarantine_pk PRIMARY KEY (owner, seq),
    CONSTRAINT quarantine_found_by CHECK (found_by IN ('ledger-command', 'ledger-query')),
    CONSTRAINT quarantine_cap_whole CHECK (num_nulls(cap_seq, cap_chain_next) IN (0, 2))
);
CREATE INDEX quarantine_partition ON quarantine (partition);

-- Records of owners quarantined by this service, in order, as they came.
CREATE TABLE parked_record (
    partition    INTEGER        NOT NULL,
    seq          BIGINT         NOT NULL,
    mark_seq     BIGINT         NOT NULL,
    owner        wallet_address NOT NULL,
    kafka_offset BIGINT         NOT NULL,
    value        BYTEA          NOT NULL,
    CONSTRAINT parked_record_pk PRIMARY KEY (partition, seq)
);
CREATE INDEX parked_record_owner ON parked_record (owner, seq);

-- Reported usage, and the settlements that pay for it.

-- One row per served request, kept for ever. Its primary key is the order of an owner's history. A row with a
-- reversed_seq was reversed: it is in no sum, and no settlement covers it. One that is set apart neither, because its
-- service is unknown, or was registered later than it was completed; that follows from known_service at any time.
CREATE TABLE usage_request (
    owner               wallet_address   NOT NULL,
    completed_at        TIMESTAMPTZ      NOT NULL, -- by the reporter's clock
    provider            wallet_address   NOT NULL,
    request_id          TEXT COLLATE "C" NOT NULL,
    service             TEXT COLLATE "C" NOT NULL,
    source              TEXT COLLATE "C" NOT NULL,
    model               TEXT COLLATE "C" NOT NULL,
    api_key_id          TEXT COLLATE "C" ,
    unit                TEXT COLLATE "C" NOT NULL,
    input_tokens        BIGINT           NOT NULL,
    cached_input_tokens BIGINT           NOT NULL, -- part of input_tokens
    cache_write_tokens  BIGINT           NOT NULL, -- part of input_tokens
    output_tokens       BIGINT           NOT NULL,
    images              BIGINT           NOT NULL,
    seconds             BIGINT           NOT NULL,
    clips               BIGINT           NOT NULL,
    price               neuron,                    -- per input token, image or second
    cached_input_price  neuron,
    output_price        neuron,
    unit_lines          JSON,                      -- of priced and unpriced units, in their order
    unverified_fee      neuron           NOT NULL, -- the fee where it was charged without unit prices, else 0
    fee                 neuron           NOT NULL,
    partition           INTEGER          NOT NULL,
    line                INTEGER          NOT NULL, -- the number of the report in its event, from 0
    seq                 BIGINT           NOT NULL, -- of the event that recorded it
    recorded_at         TIMESTAMPTZ      NOT NULL,
    set_apart           TEXT COLLATE "C" ,         -- why; NULL where it is not
    replaces            TEXT COLLATE "C" ,         -- the request id of the wrong report, of the same provider
    reversed_seq        BIGINT,                    -- of the event that reversed it
    reversed_at         TIMESTAMPTZ,
    reversed_by         TEXT,
    reversal_reason     TEXT,
    replaced_by         TEXT COLLATE "C" ,         -- the request id of the right report
    CONSTRAINT usage_request_pk PRIMARY KEY (owner, completed_at, provider, request_id),
    CONSTRAINT usage_request_source CHECK (source IN ('direct', 'router')),
    CONSTRAINT usage_request_unit CHECK (unit IN ('tokens', 'images', 'seconds', 'priced', 'unpriced')),
    CONSTRAINT usage_request_priced
        CHECK (CASE WHEN unit IN ('priced', 'unpriced') THEN unit_lines IS NOT NULL AND price IS NULL
               ELSE unit_lines IS NULL AND price IS NOT NULL END),
    CONSTRAINT usage_request_unverified CHECK (unverified_fee = CASE unit WHEN 'unpriced' THEN fee ELSE 0 END),
    CONSTRAINT usage_request_set_apart CHECK (set_apart IN ('service-unknown', 'before-service')),
    CONSTRAINT usage_request_one_state CHECK (set_apart IS NULL OR reversed_seq IS NULL),
    CONSTRAINT usage_request_reversed_whole
        CHECK (num_nulls(reversed_seq, reversed_at, reversed_by, reversal_reason) IN (0, 4)),
    CONSTRAINT usage_request_replaced_is_reversed CHECK (replaced_by IS NULL OR reversed_seq IS NOT NULL)
);
-- The order of matching, with what it needs.
CREATE INDEX usage_request_matching
    ON usage_request (owner, provider, service, source, completed_at, request_id) INCLUDE (fee)
    WHERE reversed_seq IS NULL AND set_apart IS NULL;
-- What joins once there is such a service, and what an owner has of it.
CREATE INDEX usage_request_set_apart ON usage_request (partition, service) WHERE set_apart IS NOT NULL;
CREATE INDEX usage_request_owner_set_apart ON usage_request (owner, completed_at) WHERE set_apart IS NOT NULL;
CREATE INDEX usage_request_api_key ON usage_request (owner, api_key_id, completed_at, provider, request_id)
    WHERE api_key_id IS NOT NULL;
-- Whose a request is. A hash: its size does not depend on the ids, which are long and come in no order.
CREATE INDEX usage_request_id ON usage_request USING hash (request_id);
-- The order of the journal. Without the number of the line: the reports of one event are one entry of the index.
CREATE INDEX usage_request_seq ON usage_request (owner, seq);
CREATE INDEX usage_request_reversed ON usage_request (owner, reversed_seq) WHERE reversed_seq IS NOT NULL;
-- Whose an event is, and what is new: partitions' numbers differ by orders of magnitude. The reports of one event are
-- one entry of the index.
CREATE INDEX usage_request_event ON usage_request (partition, seq);
CREATE INDEX usage_request_reversal ON usage_request (partition, reversed_seq) WHERE reversed_seq IS NOT NULL;

-- What was completed after a past block, in the rest of its day.
CREATE INDEX usage_request_completed ON usage_request USING brin (completed_at)
    WITH (pages_per_range = 32, autosummarize = on);

-- Sums per hour of the requests that count, changed only for rows whose state changes in the same statement:
-- statistics, and where an offset lies.
CREATE TABLE usage_hour (
    owner               wallet_address   NOT NULL,
    hour                TIMESTAMPTZ      NOT NULL,
    provider            wallet_address   NOT NULL,
    service             TEXT COLLATE "C" NOT NULL,
    model               TEXT COLLATE "C" NOT NULL,
    source              TEXT COLLATE "C" NOT NULL,
    api_key_id          TEXT COLLATE "C" NOT NULL, -- '' where none was reported
    requests            BIGINT           NOT NULL,
    input_tokens        NUMERIC          NOT NULL,
    cached_input_tokens NUMERIC          NOT NULL,
    cache_write_tokens  NUMERIC          NOT NULL,
    output_tokens       NUMERIC          NOT NULL,
    images              NUMERIC          NOT NULL,
    seconds             NUMERIC          NOT NULL,
    clips               NUMERIC          NOT NULL,
    fees                neuron_sum       NOT NULL,
    unverified_fees     neuron_sum       NOT NULL,
    CONSTRAINT usage_hour_pk PRIMARY KEY (owner, hour, provider, service, model, source, api_key_id)
);

CREATE INDEX usage_hour_provider ON usage_hour (provider, hour);
CREATE INDEX usage_hour_model ON usage_hour (model, hour);
-- What a sub-account had used by a past block. Without the sums: they change with every report, and rows whose indexed
-- columns do not are updated in place.
CREATE INDEX usage_hour_meter ON usage_hour (owner, provider, service, source, hour);

-- The running totals of each (owner, provider, service): usage that counts, changed with usage_hour, and settlements as
-- last matched. Where nothing counts, a row has zeros.
CREATE TABLE usage_meter (
    owner             wallet_address   NOT NULL,
    provider          wallet_address   NOT NULL,
    service           TEXT COLLATE "C" NOT NULL,
    partition         INTEGER          NOT NULL,
    requests          BIGINT           NOT NULL DEFAULT 0,
    used              neuron_sum       NOT NULL DEFAULT 0,
    unverified        neuron_sum       NOT NULL DEFAULT 0, -- what was charged of used without unit prices
    router_requests   BIGINT           NOT NULL DEFAULT 0,
    router_used       neuron_sum       NOT NULL DEFAULT 0,
    router_unverified neuron_sum       NOT NULL DEFAULT 0, -- the same of router_used
    settled           neuron_sum       NOT NULL DEFAULT 0,
    written_off       neuron_sum       NOT NULL DEFAULT 0,
    CONSTRAINT usage_meter_pk PRIMARY KEY (owner, provider, service)
);
CREATE INDEX usage_meter_provider ON usage_meter (provider, owner, service);
CREATE INDEX usage_meter_service ON usage_meter (service);

-- The last usage record of each partition: up to where usage is known.
CREATE TABLE usage_partition (
    partition   INTEGER     NOT NULL,
    seq         BIGINT      NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT usage_partition_pk PRIMARY KEY (partition)
);

-- One row per settlement, of every branch. What it covers is assigned when its block is sealed, assigned again whenever
-- something before it changes, and released when the chain takes it back: state is NULL where it covers nothing.
-- reach: the last request that this settlement and those before it cover, and the totals up to there.
CREATE TABLE settlement (
    partition         INTEGER          NOT NULL,
    seq               BIGINT           NOT NULL,
    owner             wallet_address   NOT NULL,
    provider          wallet_address   NOT NULL,
    service           TEXT COLLATE "C" NOT NULL,
    block             BIGINT           NOT NULL,
    transaction_index INTEGER          NOT NULL,
    step              INTEGER          NOT NULL,
    branch            INTEGER          NOT NULL,
    block_hash        chain_hash       NOT NULL,
    block_time        TIMESTAMPTZ      NOT NULL,
    transaction_hash  chain_hash,
    log_index         INTEGER,
    nonce             NUMERIC,
    asked             neuron           NOT NULL,
    amount            neuron           NOT NULL,
    written_off       neuron           NOT NULL,
    retracted         BOOLEAN          NOT NULL,
    state             TEXT COLLATE "C" ,
    requests          BIGINT           NOT NULL DEFAULT 0,
    fee_sum           neuron_sum       NOT NULL DEFAULT 0,
    difference        neuron_sum       NOT NULL DEFAULT 0,
    inside            neuron_sum       NOT NULL DEFAULT 0,
    unreported        neuron_sum       NOT NULL DEFAULT 0,
    first_at          TIMESTAMPTZ,      -- the first request that it covers
    first_request     TEXT COLLATE "C" ,
    reach_at          TIMESTAMPTZ,
    reach_request     TEXT COLLATE "C" ,
    reach_settled     neuron_sum       NOT NULL DEFAULT 0,
    reach_written_off neuron_sum       NOT NULL DEFAULT 0,
    reach_reported    neuron_sum       NOT NULL DEFAULT 0,
    CONSTRAINT settlement_pk PRIMARY KEY (partition, seq),
    CONSTRAINT settlement_state CHECK (state IN ('matched', 'over', 'under', 'unreported')),
    CONSTRAINT settlement_retracted_covers_nothing CHECK (NOT retracted OR state IS NULL),
    CONSTRAINT settlement_first_whole CHECK (num_nulls(first_at, first_request) IN (0, 2)),
    CONSTRAINT settlement_reach_whole CHECK (num_nulls(reach_at, reach_request) IN (0, 2))
);
CREATE INDEX settlement_position ON settlement (block, transaction_index, step, branch);
CREATE INDEX settlement_matching ON settlement (owner, provider, service, block, transaction_index, step)
    WHERE NOT retracted;
CREATE INDEX settlement_provider ON settlement (provider, block, transaction_index, step) WHERE NOT retracted;
CREATE INDEX settlement_unsealed ON settlement (partition, seq) WHERE state IS NULL AND NOT retracted;
-- In which blocks a period of settlements lies.
CREATE INDEX settlement_time ON settlement (block_time, block) WHERE NOT retracted;
CREATE INDEX settlement_unequal ON settlement (block, transaction_index, step) WHERE state <> 'matched' OR inside > 0;

-- What people decided about differences: proposed, resolved or revoked. It holds for exactly that amount; a revocation
-- has none.
CREATE TABLE difference_resolution (
    owner       wallet_address   NOT NULL,
    seq         BIGINT           NOT NULL,
    partition   INTEGER          NOT NULL,
    provider    wallet_address   NOT NULL,
    service     TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    settlement  TEXT COLLATE "C" NOT NULL, -- '' where usage waits for one
    decision    TEXT COLLATE "C" NOT NULL,
    amount      neuron_sum,
    reason      TEXT             NOT NULL,
    resolved_by TEXT             NOT NULL,
    resolved_at TIMESTAMPTZ      NOT NULL,
    CONSTRAINT difference_resolution_pk PRIMARY KEY (owner, provider, service, kind, settlement, seq),
    CONSTRAINT difference_resolution_decision CHECK (decision IN ('proposed', 'resolved', 'revoked')),
    CONSTRAINT difference_resolution_amount CHECK ((amount IS NULL) = (decision = 'revoked'))
);
CREATE INDEX difference_resolution_seq ON difference_resolution (owner, seq); -- the order of the journal

-- What people decided about periods, as it was published. No fork retracts it.
CREATE TABLE period_decision (
    seq   BIGINT NOT NULL, -- in partition 0
    event JSONB  NOT NULL,
    CONSTRAINT period_decision_pk PRIMARY KEY (seq)
);

-- Reports of closed periods that have another hash when they are made again from this generation. It concerns a period
-- for as long as it is closed by the first hash. A row is removed once the report is made with that hash.
CREATE TABLE period_report_difference (
    period     TEXT        NOT NULL, -- the month, 2026-10
    closed_by  TEXT        NOT NULL, -- the hash that the period is closed by
    made       TEXT        NOT NULL, -- the hash of what was made from its positions
    found_at   TIMESTAMPTZ NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL, -- the last time that it was made
    CONSTRAINT period_report_difference_pk PRIMARY KEY (period, closed_by)
);

-- Comparisons with the contract, as each partition published their end: one row per partition of every run.
CREATE TABLE reconciliation_run (
    partition  INTEGER          NOT NULL,
    seq        BIGINT           NOT NULL,
    run        TEXT COLLATE "C" NOT NULL,
    block      BIGINT           NOT NULL,
    branch     INTEGER          NOT NULL,
    block_hash chain_hash       NOT NULL,
    block_time TIMESTAMPTZ      NOT NULL,
    owners     BIGINT           NOT NULL, -- compared over all partitions
    held       neuron           NOT NULL,
    owed       neuron           NOT NULL,
    retracted  BOOLEAN          NOT NULL,
    CONSTRAINT reconciliation_run_pk PRIMARY KEY (partition, seq)
);
CREATE INDEX reconciliation_run_newest ON reconciliation_run (partition, block, run);
CREATE INDEX reconciliation_run_name ON reconciliation_run (run);

-- Owners whose state was not the contract's. The journal's entry with this seq has the differences.
CREATE TABLE restatement (
    owner     wallet_address   NOT NULL,
    seq       BIGINT           NOT NULL,
    partition INTEGER          NOT NULL,
    run       TEXT COLLATE "C" NOT NULL,
    block     BIGINT           NOT NULL,
    retracted BOOLEAN          NOT NULL,
    CONSTRAINT restatement_pk PRIMARY KEY (owner, seq)
);
CREATE INDEX restatement_run ON restatement (run, owner, seq);
