-- In which blocks a period of settlements lies.
CREATE INDEX settlement_time ON settlement (block_time, block) WHERE NOT retracted;
