-- Comparisons with the contract, as each lane told their end: one row per lane of every run.
CREATE TABLE reconciliation_run (
    lane       INTEGER          NOT NULL,
    seq        BIGINT           NOT NULL,
    run        TEXT COLLATE "C" NOT NULL,
    block      BIGINT           NOT NULL,
    branch     INTEGER          NOT NULL,
    block_hash chain_hash       NOT NULL,
    block_time TIMESTAMPTZ      NOT NULL,
    owners     BIGINT           NOT NULL, -- compared over all lanes
    held       neuron           NOT NULL,
    owed       neuron           NOT NULL,
    retracted  BOOLEAN          NOT NULL,
    CONSTRAINT reconciliation_run_pk PRIMARY KEY (lane, seq)
);
CREATE INDEX reconciliation_run_newest ON reconciliation_run (lane, block, run);
CREATE INDEX reconciliation_run_name ON reconciliation_run (run);

-- Owners whose state was not the contract's. What differed stands in the journal's entry with this seq.
CREATE TABLE restatement (
    owner     wallet_address   NOT NULL,
    seq       BIGINT           NOT NULL,
    lane      INTEGER          NOT NULL,
    run       TEXT COLLATE "C" NOT NULL,
    block     BIGINT           NOT NULL,
    retracted BOOLEAN          NOT NULL,
    CONSTRAINT restatement_pk PRIMARY KEY (owner, seq)
);
CREATE INDEX restatement_run ON restatement (run, owner, seq);
