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
