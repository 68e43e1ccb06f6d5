-- Reported usage, and the settlements that pay for it.

-- A sum or difference over many amounts: it may be negative, and leave 256 bits.
CREATE DOMAIN neuron_sum AS NUMERIC CONSTRAINT neuron_sum_is_whole CHECK (scale(VALUE) = 0);

-- One row per served request, kept for ever. Its primary key is the order of an owner's history.
CREATE TABLE usage_request (
    owner               wallet_address   NOT NULL,
    completed_at        TIMESTAMPTZ      NOT NULL, -- by the reporter's clock
    provider            wallet_address   NOT NULL,
    request_id          TEXT COLLATE "C" NOT NULL,
    service             TEXT COLLATE "C" NOT NULL,
    source              TEXT COLLATE "C" NOT NULL,
    model               TEXT COLLATE "C" NOT NULL,
    api_key_id          TEXT COLLATE "C",
    unit                TEXT COLLATE "C" NOT NULL,
    input_tokens        BIGINT           NOT NULL,
    cached_input_tokens BIGINT           NOT NULL,
    output_tokens       BIGINT           NOT NULL,
    images              BIGINT           NOT NULL,
    seconds             BIGINT           NOT NULL,
    price               neuron           NOT NULL, -- per input token, image or second
    cached_input_price  neuron,
    output_price        neuron,
    fee                 neuron           NOT NULL,
    partition                INTEGER          NOT NULL,
    seq                 BIGINT           NOT NULL,
    recorded_at         TIMESTAMPTZ      NOT NULL,
    CONSTRAINT usage_request_pk PRIMARY KEY (owner, completed_at, provider, request_id),
    CONSTRAINT usage_request_source CHECK (source IN ('direct', 'router')),
    CONSTRAINT usage_request_unit CHECK (unit IN ('tokens', 'images', 'seconds'))
);
-- The order of matching, with what it needs.
CREATE INDEX usage_request_matching
    ON usage_request (owner, provider, service, source, completed_at, request_id) INCLUDE (fee);
CREATE INDEX usage_request_api_key ON usage_request (owner, api_key_id, completed_at, provider, request_id)
    WHERE api_key_id IS NOT NULL;

-- Sums per hour, added to only for rows that are new in the same statement: statistics, and where an offset lies.
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
    output_tokens       NUMERIC          NOT NULL,
    images              NUMERIC          NOT NULL,
    seconds             NUMERIC          NOT NULL,
    fees                neuron_sum       NOT NULL,
    CONSTRAINT usage_hour_pk PRIMARY KEY (owner, hour, provider, service, model, source, api_key_id)
);

CREATE INDEX usage_hour_provider ON usage_hour (provider, hour);

-- The running totals of each (owner, provider, service): usage as the last event says, settlements as last matched.
CREATE TABLE usage_meter (
    owner           wallet_address   NOT NULL,
    provider        wallet_address   NOT NULL,
    service         TEXT COLLATE "C" NOT NULL,
    partition            INTEGER          NOT NULL,
    requests        BIGINT           NOT NULL DEFAULT 0,
    used            neuron_sum       NOT NULL DEFAULT 0,
    router_requests BIGINT           NOT NULL DEFAULT 0,
    router_used     neuron_sum       NOT NULL DEFAULT 0,
    settled         neuron_sum       NOT NULL DEFAULT 0,
    written_off     neuron_sum       NOT NULL DEFAULT 0,
    CONSTRAINT usage_meter_pk PRIMARY KEY (owner, provider, service)
);
CREATE INDEX usage_meter_provider ON usage_meter (provider, owner, service);

-- The last usage record of each partition: up to where usage is known.
CREATE TABLE usage_partition (
    partition        INTEGER     NOT NULL,
    seq         BIGINT      NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT usage_partition_pk PRIMARY KEY (partition)
);

-- One row per settlement, of every branch. What it covers is assigned when its block is sealed, assigned again whenever
-- something before it changes, and released when the chain takes it back: state is NULL where it covers nothing.
-- reach: the last request that this settlement and those before it cover, and the totals up to there.
CREATE TABLE settlement (
    partition              INTEGER          NOT NULL,
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
    state             TEXT COLLATE "C",
    requests          BIGINT           NOT NULL DEFAULT 0,
    fee_sum           neuron_sum       NOT NULL DEFAULT 0,
    difference        neuron_sum       NOT NULL DEFAULT 0,
    inside            neuron_sum       NOT NULL DEFAULT 0,
    unreported        neuron_sum       NOT NULL DEFAULT 0,
    first_at          TIMESTAMPTZ, -- the first request that it covers
    first_request     TEXT COLLATE "C",
    reach_at          TIMESTAMPTZ,
    reach_request     TEXT COLLATE "C",
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
CREATE INDEX settlement_owner ON settlement (owner, block, transaction_index, step) WHERE NOT retracted;
CREATE INDEX settlement_unsealed ON settlement (partition, seq) WHERE state IS NULL AND NOT retracted;
CREATE INDEX settlement_unequal ON settlement (block, transaction_index, step) WHERE state <> 'matched' OR inside > 0;

-- What people decided about differences. It holds for exactly that amount.
CREATE TABLE difference_resolution (
    owner       wallet_address   NOT NULL,
    seq         BIGINT           NOT NULL,
    provider    wallet_address   NOT NULL,
    service     TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    settlement  TEXT COLLATE "C" NOT NULL, -- '' where usage waits for one
    amount      neuron_sum       NOT NULL,
    reason      TEXT             NOT NULL,
    resolved_by TEXT             NOT NULL,
    resolved_at TIMESTAMPTZ      NOT NULL,
    CONSTRAINT difference_resolution_pk PRIMARY KEY (owner, provider, service, kind, settlement, seq)
);
