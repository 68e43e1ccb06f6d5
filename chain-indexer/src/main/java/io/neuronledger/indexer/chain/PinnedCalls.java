package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.call.StateCalls;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Questions about the state at one block ({@link ChainNode#batchAt}).
 */
public final class PinnedCalls {
  /** EIP-1967: the slot in which a beacon proxy names its beacon. */
  private static final String BEACON_SLOT = "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50";
  /** EIP-1967: the slot in which any other proxy names its implementation. */
  private static final String IMPLEMENTATION_SLOT =
      "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";

  private final ChainNode node;
  private final BlockRef block;

  public PinnedCalls(ChainNode node, BlockRef block) {
    this.node = node;
    this.block = block;
  }

  public Neuron balance(WalletAddress account) {
    return ask(StateCalls.balance(account, block.number()));
  }

  public boolean hasCode(WalletAddress account) {
    return !code(account).equals("0x");
  }

  /** {@code 0x} and hex; no digits where the account is not a contract. */
  public String code(WalletAddress account) {
    return ask(StateCalls.code(account, block.number()));
  }

  /** Empty where the contract is not a proxy with a beacon. */
  public Optional<WalletAddress> beacon(WalletAddress proxy) {
    return slot(proxy, BEACON_SLOT);
  }

  /** Empty where the contract is not a proxy that names its implementation itself. */
  public Optional<WalletAddress> implementation(WalletAddress proxy) {
    return slot(proxy, IMPLEMENTATION_SLOT);
  }

  private Optional<WalletAddress> slot(WalletAddress proxy, String slot) {
    WalletAddress named = read(proxy, ask(StateCalls.storage(proxy, slot, block.number())), AbiReader::addressOf);
    return named.equals(WalletAddress.ZERO) ? Optional.empty() : Optional.of(named);
  }

  public <T> T view(WalletAddress contract, String input, Function<String, T> reader) {
    return read(contract, ask(StateCalls.view(contract, input, block.number())), reader);
  }

  /** One call for each of the keys, in few requests. */
  public <K, T> List<T> views(WalletAddress contract, List<K> keys, Function<K, String> input,
      BiFunction<K, String, T> reader) {
    List<String> answers = answers(keys.stream().map(key -> new View(contract, input.apply(key))).toList());
    List<T> read = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      K key = keys.get(i);
      read.add(read(contract, answers.get(i), answer -> reader.apply(key, answer)));
    }
    return read;
  }

  /** Starts a set of lists that are read together. */
  public PinnedLists lists() {
    return new PinnedLists(this);
  }

  /** Every entry of one list ({@link PinnedLists}). */
  public <T> List<T> list(WalletAddress contract, int limit, PinnedLists.PageInput input,
      Function<String, PinnedLists.Page<T>> reader) {
    PinnedLists lists = lists();
    PinnedLists.Entries<T> entries = lists.add(contract, limit, input, reader);
    lists.read();
    return entries.all();
  }

  public RpcFailure inconsistent(String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": " + what + " at block " + block);
  }

  /** A call of a contract's view, with its input. */
  record View(WalletAddress contract, String input) {}

  /** The answers of the views, in few requests. */
  List<String> answers(List<View> views) {
    return askAll(views.stream().map(view -> StateCalls.view(view.contract(), view.input(), block.number())).toList());
  }

  /** @throws RpcFailure if the answer does not match the ABI */
  <T> T read(WalletAddress contract, String answer, Function<String, T> reader) {
    try {
      return reader.apply(answer);
    } catch (IllegalArgumentException e) {
      throw inconsistent("its answer for " + contract + " does not match the ABI (" + e.getMessage() + ")");
    }
  }

  private <T> T ask(RpcCall<T> call) {
    return askAll(List.of(call)).getFirst();
  }

  private <T> List<T> askAll(List<RpcCall<T>> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    RpcBatch batch = node.batchAt(block);
    List<RpcAnswer<T>> answers = new ArrayList<>(calls.size());
    calls.forEach(call -> answers.add(batch.add(call)));
    batch.send();
    return answers.stream().map(RpcAnswer::get).toList();
  }
}
