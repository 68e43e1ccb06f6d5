-- Which schema holds the read model that answers. One row; a rebuild moves it, in the transaction that ends the
-- rebuild.
CREATE TABLE live (
    only_one    BOOLEAN     NOT NULL DEFAULT TRUE,
    generation  INTEGER     NOT NULL,
    schema_name TEXT        NOT NULL,
    since       TIMESTAMPTZ NOT NULL,
    CONSTRAINT live_pk PRIMARY KEY (only_one),
    CONSTRAINT live_only_one CHECK (only_one)
);

-- How many exports each caller may ask for, over all instances: a token bucket, as the library that counts stores it.
-- id is a digest of the caller and its limit. A row can be dropped at any time: the bucket is full then.
CREATE TABLE rate_bucket (
    id         TEXT NOT NULL,
    state      BYTEA,
    expires_at BIGINT, -- milliseconds since 1970: when the bucket is full again, and a minute more
    CONSTRAINT rate_bucket_pk PRIMARY KEY (id)
);

-- Settlement reports whose bytes are kept for ever, beside the generations: a rebuild does not touch them. What a
-- person closes a period by is one of these. A report that was closed can be made again from its positions.
CREATE TABLE period_report (
    report      UUID        NOT NULL,
    hash        TEXT        NOT NULL, -- SHA-256 of the bytes, in hex
    period      TEXT        NOT NULL, -- the month, 2026-10
    previous    TEXT,                 -- the hash of the report of the last closed period before
    block       BIGINT      NOT NULL,
    block_hash  BYTEA       NOT NULL,
    block_time  TIMESTAMPTZ NOT NULL,
    finalized   BOOLEAN     NOT NULL,
    positions   BIGINT[]    NOT NULL, -- by partition: the seq after the last record that it includes
    frozen_by   TEXT        NOT NULL,
    frozen_at   TIMESTAMPTZ NOT NULL,
    CONSTRAINT period_report_pk PRIMARY KEY (report),
    CONSTRAINT period_report_hash UNIQUE (hash)
);

-- The bytes, in order.
CREATE TABLE period_report_part (
    report UUID    NOT NULL,
    part   INTEGER NOT NULL,
    bytes  BYTEA   NOT NULL,
    CONSTRAINT period_report_part_pk PRIMARY KEY (report, part)
);

-- What a report adds to those before it, by the period that it belongs to: the sum over the reports of all closed
-- periods is what their accounts hold. opening: in the row of the report's own period.
CREATE TABLE period_report_line (
    report      UUID             NOT NULL,
    period      TEXT             NOT NULL,
    provider    BYTEA            NOT NULL,
    owner       BYTEA            NOT NULL,
    service     TEXT COLLATE "C" NOT NULL,
    opening     NUMERIC          NOT NULL,
    used        NUMERIC          NOT NULL,
    requests    BIGINT           NOT NULL,
    settled     NUMERIC          NOT NULL,
    written_off NUMERIC          NOT NULL,
    settlements BIGINT           NOT NULL,
    CONSTRAINT period_report_line_pk PRIMARY KEY (report, provider, owner, service, period)
);
