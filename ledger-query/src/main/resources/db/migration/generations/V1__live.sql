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

-- Webhooks: URLs to which events are sent, by whose wish, and how far each is. Beside the generations: a rebuild sends
-- nothing. Words are in lower case.
CREATE TABLE webhook (
    id               UUID             NOT NULL,
    feed             TEXT             NOT NULL, -- events
    maker_credential TEXT             NOT NULL, -- the kind of the credential with which it was made
    maker_subject    TEXT             NOT NULL,
    url              TEXT             NOT NULL,
    description      TEXT             NOT NULL,
    types            TEXT[]           NOT NULL, -- of the events that it receives; none: all
    owners           TEXT[]           NOT NULL, -- addresses in lower case; none: all
    of_owner         BOOLEAN          NOT NULL, -- whether position is that of its one owner's events, not of all
    position         TEXT COLLATE "C" NOT NULL, -- the id of the last event that was looked at, or beginning
    created_at       TIMESTAMPTZ      NOT NULL,
    disabled_reason  TEXT,                      -- request, failing or gone; NULL while it is enabled
    disabled_at      TIMESTAMPTZ,
    failures         INTEGER          NOT NULL, -- failed attempts since the last successful one
    failing_since    TIMESTAMPTZ,
    paused_until     TIMESTAMPTZ,               -- nothing is sent before
    delivered_at     TIMESTAMPTZ,               -- the last successful attempt
    CONSTRAINT webhook_pk PRIMARY KEY (id)
);
CREATE INDEX webhook_by_maker ON webhook (maker_credential, maker_subject, created_at DESC, id DESC);

-- By which its messages are signed, encrypted. The newest one has no end.
CREATE TABLE webhook_secret (
    webhook    UUID        NOT NULL,
    number     BIGINT      NOT NULL GENERATED ALWAYS AS IDENTITY,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    secret     BYTEA       NOT NULL, -- nonce and AES-GCM
    CONSTRAINT webhook_secret_pk PRIMARY KEY (webhook, number),
    CONSTRAINT webhook_secret_of FOREIGN KEY (webhook) REFERENCES webhook ON DELETE CASCADE
);

-- What a webhook receives, in the order of number. At most one message of an event.
CREATE TABLE webhook_message (
    webhook         UUID             NOT NULL,
    number          BIGINT           NOT NULL GENERATED ALWAYS AS IDENTITY,
    id              TEXT COLLATE "C" NOT NULL, -- the webhook-id
    event_partition INTEGER          NOT NULL,
    event_seq       BIGINT           NOT NULL,
    owner           TEXT COLLATE "C" NOT NULL, -- in lower case; empty: it concerns nobody
    type            TEXT             NOT NULL,
    body            TEXT,                      -- NULL once it is delivered
    state           TEXT             NOT NULL, -- pending, delivered or dead
    attempts        INTEGER          NOT NULL,
    created_at      TIMESTAMPTZ      NOT NULL,
    next_attempt_at TIMESTAMPTZ,               -- while it is pending
    ended_at        TIMESTAMPTZ,               -- once it is not
    CONSTRAINT webhook_message_pk PRIMARY KEY (webhook, id),
    CONSTRAINT webhook_message_of FOREIGN KEY (webhook) REFERENCES webhook ON DELETE CASCADE
);
CREATE INDEX webhook_message_in_order ON webhook_message (webhook, number);
CREATE INDEX webhook_message_pending ON webhook_message (webhook, owner, number) WHERE state = 'pending';
CREATE INDEX webhook_message_of_partition ON webhook_message (webhook, event_partition, event_seq);
CREATE INDEX webhook_message_ended ON webhook_message (ended_at);

-- The log: every attempt.
CREATE TABLE webhook_delivery (
    webhook UUID        NOT NULL,
    number  BIGINT      NOT NULL GENERATED ALWAYS AS IDENTITY,
    message TEXT        NOT NULL, -- the webhook-id
    type    TEXT        NOT NULL,
    attempt INTEGER     NOT NULL,
    at      TIMESTAMPTZ NOT NULL,
    took_ms BIGINT      NOT NULL,
    outcome TEXT        NOT NULL,
    status  INTEGER,
    CONSTRAINT webhook_delivery_pk PRIMARY KEY (webhook, number),
    CONSTRAINT webhook_delivery_of FOREIGN KEY (webhook) REFERENCES webhook ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (at);

-- When each webhook has its turn, and which instance has it now: the table of db-scheduler, with its columns.
CREATE TABLE scheduled_task (
    task_name            TEXT        NOT NULL,
    task_instance        TEXT        NOT NULL, -- the id of the webhook
    task_data            BYTEA,
    execution_time       TIMESTAMPTZ NOT NULL,
    picked               BOOLEAN     NOT NULL,
    picked_by            TEXT,
    last_success         TIMESTAMPTZ,
    last_failure         TIMESTAMPTZ,
    consecutive_failures INTEGER,
    last_heartbeat       TIMESTAMPTZ,
    version              BIGINT      NOT NULL,
    priority             SMALLINT,
    CONSTRAINT scheduled_task_pk PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_task_due ON scheduled_task (execution_time);
CREATE INDEX scheduled_task_heartbeat ON scheduled_task (last_heartbeat);
