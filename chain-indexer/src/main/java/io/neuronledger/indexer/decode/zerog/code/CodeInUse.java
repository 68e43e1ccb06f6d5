package io.neuronledger.indexer.decode.zerog.code;

/** @param contract which contract runs the code and how it names it, for people */
public record CodeInUse(Code code, String contract) {}
