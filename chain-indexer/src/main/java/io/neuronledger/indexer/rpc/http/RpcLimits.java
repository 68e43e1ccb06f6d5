package io.neuronledger.indexer.rpc.http;

import java.time.Duration;

/**
 * The limits of requests to a node.
 *
 * @param deadline for one HTTP request, from sending it to the last byte of its answer
 * @param callsPerRequestMax the most calls of one request
 * @param answerBytesMax a longer answer is refused, and the next request is smaller
 */
public record RpcLimits(Duration deadline, int callsPerRequestMax, long answerBytesMax) {}
