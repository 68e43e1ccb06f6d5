package io.neuronledger.indexer.rpc;

import java.time.Duration;

/**
 * What a node is given at most.
 *
 * @param deadline for one HTTP request, from sending it to the last byte of its answer
 * @param callsPerRequestMax how many calls go into one request
 * @param answerBytesMax a longer answer is refused, and less asked for next time
 */
public record RpcLimits(Duration deadline, int callsPerRequestMax, long answerBytesMax) {}
