package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.usage.NeuronSum;
import java.math.BigInteger;

/**
 * Sums over requests.
 *
 * @param inputTokens all input tokens, the cached ones among them
 * @param totalTokens inputTokens + outputTokens
 * @param cost their fees
 */
public record UsageSums(long requests, BigInteger inputTokens, BigInteger cachedInputTokens, BigInteger outputTokens,
    BigInteger totalTokens, BigInteger images, BigInteger seconds, NeuronSum cost) {}
