package io.neuronledger.command.resolution;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.foundation.access.caller.Caller;
import java.util.Optional;

/**
 * A caller's decision about a discrepancy.
 *
 * @param amount the difference that the operator decided about; only if the key is of a difference
 * @param reason 1 to 2,000 characters
 * @param by who decides
 */
record Decision(Optional<NeuronSum> amount, String reason, Caller by) {}
