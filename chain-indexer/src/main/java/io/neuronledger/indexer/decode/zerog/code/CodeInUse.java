package io.neuronledger.indexer.decode.zerog.code;

/** @param contract the contract that runs the code and how it names it, for the operator */
public record CodeInUse(Code code, String contract) {}
