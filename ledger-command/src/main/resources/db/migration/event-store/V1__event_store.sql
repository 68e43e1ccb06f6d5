-- The event store of ledger-command. Events are only ever added; everything else here is the progress of work.

CREATE DOMAIN wallet_address AS TEXT CHECK (VALUE ~ '^0x[0-9a-f]{40}$');

-- What one database follows: chain, contracts, start, decoder, partitions. Another deployment is refused.
CREATE TABLE deployment (
    only_one BOOLEAN NOT NULL DEFAULT TRUE,
    fingerprint TEXT NOT NULL,
    chain_id BIGINT NOT NULL,
    CONSTRAINT deployment_pk PRIMARY KEY (only_one),
    CONSTRAINT deployment_only_one CHECK (only_one));

-- One row per partition: how far its chain events have been recorded. Locked, compared with what the instance holds and
-- moved in the transaction that stores the events. epoch rises when something else than intake works on the partition
-- (a release from quarantine), so that an intake which has loaded the partition before finds another row.
CREATE TABLE partition (
    partition INTEGER NOT NULL,
    next_seq BIGINT NOT NULL DEFAULT 0,
    next_offset BIGINT NOT NULL DEFAULT 0,
    epoch BIGINT NOT NULL DEFAULT 0,
    branch INTEGER NOT NULL DEFAULT 0,
    sealed_block BIGINT NOT NULL DEFAULT -1,
    finalized_block BIGINT NOT NULL DEFAULT -1,
    last_block BIGINT NOT NULL DEFAULT 0,
    last_transaction INTEGER NOT NULL DEFAULT 0,
    last_step INTEGER NOT NULL DEFAULT 0,
    next_sequence BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT partition_pk PRIMARY KEY (partition));
COMMENT ON COLUMN partition.next_offset IS
    'Kafka offset after the last recorded chain event: at it or above, only next_seq is accepted. '
    'Where another seq is found there, the partition is counted again from its first record, '
    'and halts at the first seq that is not the next one';
COMMENT ON COLUMN partition.next_sequence IS 'the next number in the stream of events of the whole partition';

-- The next seq of account events per partition, that of owners' events alone, and the hash of its newest record. Its
-- row lock, taken right before an append and held to the commit, makes the order of seq the order of commits, without a
-- gap: a reader who has seen seq n never finds a new one below.
CREATE TABLE partition_head (
    partition INTEGER NOT NULL,
    next_seq BIGINT NOT NULL DEFAULT 0,
    next_public_seq BIGINT NOT NULL DEFAULT 0,
    hash BYTEA NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    CONSTRAINT partition_head_pk PRIMARY KEY (partition));

-- The event store. seq is the number under which the event is published, public_seq that in the topic of owners'
-- events, null for a partition event and for a decision about a period. payload is the event in the published JSON,
-- byte for byte. block is the chain position's block; null where an event has no position on the chain (rewinds,
-- partition events).
-- hash is the SHA-256 over the hash of the partition's previous event and the value of the published record.
CREATE TABLE account_event (
    partition INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    public_seq BIGINT,
    stream TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    name TEXT NOT NULL,
    block BIGINT,
    recorded_at TIMESTAMPTZ NOT NULL,
    payload BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT account_event_pk PRIMARY KEY (partition, seq),
    CONSTRAINT account_event_public_seq_of_owners CHECK (
        (public_seq IS NULL) = (stream LIKE 'partition:%' OR stream = 'periods')),
    CONSTRAINT account_event_sequence_unique UNIQUE (stream, sequence));
CREATE INDEX account_event_block ON account_event (partition, block) WHERE block IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER account_event_only_adds BEFORE UPDATE OR DELETE OR TRUNCATE ON account_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The events of API keys: who made, rotated and revoked which one, when and from where. They are no account events and
-- belong to no partition. Appends wait for each other, so seq is the order of their commits, without a gap. payload is
-- JSON; of a key it has the keyed hash alone.
CREATE TABLE api_key_event (
    seq BIGINT NOT NULL,
    stream TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    name TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    payload BYTEA NOT NULL,
    CONSTRAINT api_key_event_pk PRIMARY KEY (seq),
    CONSTRAINT api_key_event_sequence_unique UNIQUE (stream, sequence));
CREATE TRIGGER api_key_event_only_adds BEFORE UPDATE OR DELETE OR TRUNCATE ON api_key_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON api_key_event FROM PUBLIC;

-- The newest snapshot of a stream, at or below finality: loading starts after it. Can be dropped at any time.
CREATE TABLE stream_snapshot (
    stream TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    name TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    payload BYTEA NOT NULL,
    CONSTRAINT stream_snapshot_pk PRIMARY KEY (stream));

-- The lock period of each service, as broadcast in the partition: seq is the chain event's. A fork takes rows back.
CREATE TABLE service_terms (
    partition INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    service TEXT NOT NULL,
    lock_period_seconds BIGINT NOT NULL,
    block BIGINT NOT NULL,
    CONSTRAINT service_terms_pk PRIMARY KEY (partition, seq));

-- The services that the chain events of a partition name, each with the first block that does. since: the time of the
-- block that registered it. NULL where it may be older: where following starts with it, or where only a sub-account
-- names it. A fork takes rows back.
CREATE TABLE known_service (
    partition INTEGER NOT NULL,
    service TEXT NOT NULL,
    block BIGINT NOT NULL,
    since TIMESTAMPTZ,
    CONSTRAINT known_service_pk PRIMARY KEY (partition, service));

-- The active refunds, as the aggregates hold them: what block time will make due. Assigned per owner, never added to.
CREATE TABLE refund_lock (
    partition INTEGER NOT NULL,
    owner wallet_address NOT NULL,
    provider wallet_address NOT NULL,
    service TEXT NOT NULL,
    refund TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    announced BOOLEAN NOT NULL,
    CONSTRAINT refund_lock_pk PRIMARY KEY (partition, owner, refund));
COMMENT ON COLUMN refund_lock.requested_at IS 'block time, seconds since 1970';
CREATE INDEX refund_lock_due ON refund_lock (partition, service, announced, requested_at);

-- Owners of whom a chain event could not be understood, and their events from there on, in order.
CREATE TABLE quarantined_owner (
    partition INTEGER NOT NULL,
    owner wallet_address NOT NULL,
    reason TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    CONSTRAINT quarantined_owner_pk PRIMARY KEY (owner));
CREATE INDEX quarantined_owner_partition ON quarantined_owner (partition);

CREATE TABLE parked_record (
    partition INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    owner wallet_address NOT NULL,
    block BIGINT,
    kafka_offset BIGINT NOT NULL,
    retracted BOOLEAN NOT NULL DEFAULT FALSE,
    released BOOLEAN NOT NULL DEFAULT FALSE,
    value BYTEA NOT NULL,
    CONSTRAINT parked_record_pk PRIMARY KEY (partition, seq));
COMMENT ON COLUMN parked_record.block IS
    'null for a malformed record until its block is sealed: of the newest block, so any fork takes it back';
CREATE INDEX parked_record_waiting ON parked_record (owner, seq) WHERE NOT retracted AND NOT released;
CREATE INDEX parked_record_unsealed ON parked_record (partition) WHERE block IS NULL;

-- Every accepted request, in 16 bytes each: which request of which provider, and its content (both the first half of a
-- SHA-256). A row commits with the event that records the request. Ten million take about a gigabyte, of which an
-- insert touches one leaf of the index and the end of the table.
CREATE TABLE accepted_request (
    request UUID NOT NULL,
    content UUID NOT NULL,
    CONSTRAINT accepted_request_pk PRIMARY KEY (request));
CREATE TRIGGER accepted_request_only_adds BEFORE UPDATE OR DELETE OR TRUNCATE ON accepted_request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The requests whose reports were taken back: request as in accepted_request, and the number of the event that did it
-- in the stream of the request's meter, in whose transaction the row commits.
CREATE TABLE reversed_request (
    request UUID NOT NULL,
    sequence BIGINT NOT NULL,
    CONSTRAINT reversed_request_pk PRIMARY KEY (request),
    CONSTRAINT reversed_request_accepted FOREIGN KEY (request) REFERENCES accepted_request (request));
CREATE TRIGGER reversed_request_only_adds BEFORE UPDATE OR DELETE OR TRUNCATE ON reversed_request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who publishes which group of partitions, and the API keys (-1), until when. Only a courtesy that avoids quarrels:
-- Kafka's fencing decides.
CREATE TABLE publisher_lease (
    lease INTEGER NOT NULL,
    holder TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT publisher_lease_pk PRIMARY KEY (lease));
CREATE TABLE publisher (
    instance TEXT NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT publisher_pk PRIMARY KEY (instance));

-- The nonces by which wallets have signed in. A row is removed some minutes after its nonce has expired.
CREATE TABLE used_nonce (
    nonce TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT used_nonce_pk PRIMARY KEY (nonce));
CREATE INDEX used_nonce_expires_at ON used_nonce (expires_at);

-- How many usage reports each caller may send, over all instances: a token bucket, as the library that counts stores
-- it. id is a digest of the caller and its limit. A row can be dropped at any time: the bucket is full then.
CREATE TABLE rate_bucket (
    id TEXT NOT NULL,
    state BYTEA,
    expires_at BIGINT,
    CONSTRAINT rate_bucket_pk PRIMARY KEY (id));
COMMENT ON COLUMN rate_bucket.expires_at IS 'milliseconds since 1970: when the bucket is full again, and a minute more';
