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
 * One owner's item of a provider's batch, and what it covers. A batch is one transaction.
 *
 * @param quarantined whether the owner's answers stand still: later settlements of his do not show
 * @param asked what the provider wanted
 * @param amount what it got
 * @param writtenOff asked − amount: the contract remembers no debt
 * @param transactionHash absent where the evidence names none
 * @param evidence how it is known, the same as in its journal entry; absent where the chain told it without one
 * @param requests how many requests it covers; 0 once it is retracted
 * @param feeSum their fees
 * @param difference amount + writtenOff − feeSum: positive where it claims more than they cost
 * @param inside the part of the next request at which it ends; 0 where it ends between two requests
 * @param unreported what it claims beyond all that was reported
 */
public record SettlementView(SettlementId id, WalletAddress owner, boolean quarantined, WalletAddress provider,
    ServiceName service, Neuron asked, Neuron amount, Neuron writtenOff, SettlementState state, long requests,
    NeuronSum feeSum, NeuronSum difference, NeuronSum inside, NeuronSum unreported, ChainPosition position, int branch,
    Hash blockHash, Instant blockTime, Optional<Hash> transactionHash, Optional<Integer> logIndex,
    Optional<Evidence> evidence, Optional<SettlementNonce> nonce) {}
