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
