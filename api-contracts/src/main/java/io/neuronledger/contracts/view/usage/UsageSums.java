package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.usage.NeuronSum;
import java.math.BigInteger;

/**
 * Sums over requests.
 *
 * @param inputTokens all input tokens, the cached ones and those written to a cache among them
 * @param totalTokens inputTokens + outputTokens
 * @param clips whole clips of video
 * @param cost their fees
 * @param unverifiedCost those of them that were charged without unit prices
 */
public record UsageSums(long requests, BigInteger inputTokens, BigInteger cachedInputTokens,
    BigInteger cacheWriteTokens, BigInteger outputTokens, BigInteger totalTokens, BigInteger images,
    BigInteger seconds, BigInteger clips, NeuronSum cost, NeuronSum unverifiedCost) {}
