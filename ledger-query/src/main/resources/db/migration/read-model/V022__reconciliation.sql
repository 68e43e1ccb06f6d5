-- Comparisons with the contract, as each partition told their end: one row per partition of every run.
CREATE TABLE reconciliation_run (
    partition       INTEGER          NOT NULL,
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

-- Owners whose state was not the contract's. What differed stands in the journal's entry with this seq.
CREATE TABLE restatement (
    owner     wallet_address   NOT NULL,
    seq       BIGINT           NOT NULL,
    partition      INTEGER          NOT NULL,
    run       TEXT COLLATE "C" NOT NULL,
    block     BIGINT           NOT NULL,
    retracted BOOLEAN          NOT NULL,
    CONSTRAINT restatement_pk PRIMARY KEY (owner, seq)
);
CREATE INDEX restatement_run ON restatement (run, owner, seq);
