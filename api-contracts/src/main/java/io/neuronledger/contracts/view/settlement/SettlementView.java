package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One owner's item of a provider's batch, and the requests it covers. A batch is one transaction.
 *
 * @param quarantined whether the owner is quarantined: its later settlements are not shown
 * @param asked the amount that the provider asked for
 * @param amount the amount that it received
 * @param writtenOff asked − amount: the contract stores no debt
 * @param transactionHash absent where the evidence names none
 * @param evidence the same as in its journal entry; absent where the chain event has none
 * @param requests the number of covered requests; 0 once retracted
 * @param feeSum their fees
 * @param difference amount + writtenOff − feeSum: positive where it claims more than they cost
 * @param inside the part of the next request at which it ends; 0 where it ends between two requests
 * @param unreported the claimed amount beyond all reported usage
 */
public record SettlementView(SettlementId id, WalletAddress owner, boolean quarantined, WalletAddress provider,
    ServiceName service, Neuron asked, Neuron amount, Neuron writtenOff, SettlementState state, long requests,
    NeuronSum feeSum, NeuronSum difference, NeuronSum inside, NeuronSum unreported, ChainPosition position, int branch,
    Hash blockHash, Instant blockTime, Optional<Hash> transactionHash, Optional<Integer> logIndex,
    Optional<Evidence> evidence, Optional<SettlementNonce> nonce) {}
