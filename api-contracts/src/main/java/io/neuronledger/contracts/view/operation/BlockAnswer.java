package io.neuronledger.contracts.view.operation;

import io.neuronledger.contracts.view.AsOf;

/**
 * A block that was asked for by time.
 *
 * @param asOf the last block at that time or before it: what answers with that {@code at_time} are as of
 */
public record BlockAnswer(AsOf asOf) {}
