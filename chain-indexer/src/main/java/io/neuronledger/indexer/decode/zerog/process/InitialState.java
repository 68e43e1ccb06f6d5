package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.price.PriceReader;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.state.ContractState;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.verify.ContractBalances;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contracts' state right before the first block, with which following starts; empty where the contracts are younger
 * than that block.
 *
 * @param evidence the block whose state it is
 * @param events the events emitted before the first block's transactions
 */
record InitialState(Evidence evidence, List<ChainEvent> events) {
  private static final Logger log = LoggerFactory.getLogger(InitialState.class);

  InitialState {
    events = List.copyOf(events);
  }

  /** Reads the state after {@code first}'s parent and writes it to the model. */
  static InitialState read(WalletAddress manager, ChainNode node, Header first, CodeCheck codeCheck,
      Optional<Minima> minima, ContractModel model) {
    long before = first.number() - 1;
    if (before < 0) {
      model.surplus(BigInteger.ZERO);
      return new InitialState(new Evidence.Snapshot(0, 0), List.of());
    }
    BlockRef parent = new BlockRef(before, first.parentHash(), Instant.EPOCH);
    StateReader reader = new StateReader(manager, node, parent);
    List<CodeInUse> code = readable(reader::managerCode, manager, node, before);
    if (!code.isEmpty()) {
      codeCheck.unverified(code, reader::serviceCode).ifPresent(model::unverified);
      model.managerCodeChecked();
      codeCheck.unverified(reader.serviceCode()).ifPresent(model::unverified);
    }
    ContractState state = readable(reader::all, manager, node, before);
    state.managerBeacon().ifPresent(model::managerBeacon);
    minima.filter(_ -> !state.services().isEmpty()).ifPresent(expected -> check(expected, reader.minima()));
    write(state, model, before);
    List<ChainEvent> events = new ArrayList<>();
    state.services().values().forEach(service ->
        events.add(new ChainEvent.ServiceRegistered(service.name(), service.lockPeriod())));
    state.services().forEach((contract, service) ->
        events.addAll(new PriceReader(node).all(contract, service, parent)));
    state.observed().forEach((owner, ledger) -> events.add(new ChainEvent.Opening(owner, ledger)));
    return new InitialState(new Evidence.Snapshot(before, before), events);
  }

  private static <T> T readable(Supplier<T> question, WalletAddress manager, ChainNode node, long block) {
    try {
      return question.get();
    } catch (RpcFailure failure) {
      if (failure.kind() != RpcFailure.Kind.ERROR || !ContractBalances.areReadableAtHead(manager, node)) {
        throw failure;
      }
      throw CannotDecode.withThisNode(node.name() + " does not hold the contracts' state after block " + block
          + ", with which following would start (" + failure.getMessage()
              + "). Use a node that keeps old states (an archive node), "
          + "or start at a block whose state this node still holds: NEURON_LEDGER_START_BLOCK.");
    }
  }

  /**
   * Warns of other minima. Decoding does not depend on them, but this may be another deployment than the intended one.
   */
  private static void check(Minima expected, Minima found) {
    if (!found.equals(expected)) {
      log.warn("LedgerManager's minima are {} and {} neuron (first deposit, first transfer); the network's "
          + "description has {} and {}", found.deposit(), found.transfer(), expected.deposit(), expected.transfer());
    }
  }

  private static void write(ContractState state, ContractModel model, long block) {
    state.services().forEach(model::put);
    Map<WalletAddress, BigInteger> locked = new HashMap<>();
    for (ContractState.AccountView account : state.accounts()) {
      model.put(account.key(), new AccountState(account.balance(), account.acknowledged(), account.refunds()));
      locked.merge(account.key().user(), account.balance().value(), BigInteger::add);
    }
    state.ledgers().forEach((owner, ledger) -> {
      Neuron set = new Neuron(locked.getOrDefault(owner, BigInteger.ZERO));
      if (!ledger.total().equals(ledger.available().plus(set))) {
        throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "after block " + block + " the ledger of " + owner
            + " has a total of " + ledger.total() + ", but " + ledger.available() + " available and " + set + " in its "
            + "sub-accounts");
      }
      model.put(owner, new LedgerState(ledger.available().value(), ledger.total().value()));
    });
    BigInteger surplus = state.balance().value().subtract(model.available());
    if (surplus.signum() < 0) {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, "after block " + block + " LedgerManager holds "
          + state.balance() + ", less than the " + model.available() + " that its ledgers have available");
    }
    model.surplus(surplus);
  }
}
