package io.neuronledger.command.resolution;

import io.neuronledger.contracts.usage.NeuronSum;
import java.util.Optional;

/**
 * An operator's decision about a discrepancy.
 *
 * @param amount the difference that the operator decided about; only if the key is of a difference
 * @param reason 1 to 2,000 characters
 * @param by the caller who decided, 1 to 200 characters
 */
record Decision(Optional<NeuronSum> amount, String reason, String by) {}
