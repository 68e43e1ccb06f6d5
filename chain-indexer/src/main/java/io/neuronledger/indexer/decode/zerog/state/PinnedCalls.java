package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.StateCalls;
import io.neuronledger.indexer.decode.zerog.contract.AbiReader;
import io.neuronledger.indexer.rpc.RpcAnswer;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.RpcCall;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Questions about the state at one block. They go by number, which every node understands; the block that the node
 * holds at that height is asked in the same request, and must be the one meant.
 */
final class PinnedCalls {
  /** EIP-1967: where a beacon proxy names its beacon. */
  private static final String BEACON_SLOT = "0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50";

  private final ChainNode node;
  private final BlockRef block;

  PinnedCalls(ChainNode node, BlockRef block) {
    this.node = node;
    this.block = block;
  }

  Neuron balance(WalletAddress account) {
    return ask(StateCalls.balance(account, block.number()));
  }

  boolean hasCode(WalletAddress account) {
    return !ask(StateCalls.code(account, block.number())).equals("0x");
  }

  /** Empty where the contract keeps its code itself. */
  Optional<WalletAddress> beacon(WalletAddress proxy) {
    WalletAddress beacon = AbiReader.addressOf(ask(StateCalls.storage(proxy, BEACON_SLOT, block.number())));
    return beacon.equals(WalletAddress.ZERO) ? Optional.empty() : Optional.of(beacon);
  }

  <T> T view(WalletAddress contract, String input, Function<String, T> reader) {
    return read(contract, ask(StateCalls.view(contract, input, block.number())), reader);
  }

  /** One call for each of the keys, in few requests. */
  <K, T> List<T> views(WalletAddress contract, List<K> keys, Function<K, String> input,
      BiFunction<K, String, T> reader) {
    List<RpcCall<String>> calls = new ArrayList<>(keys.size());
    keys.forEach(key -> calls.add(StateCalls.view(contract, input.apply(key), block.number())));
    List<String> answers = askAll(calls);
    List<T> read = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      K key = keys.get(i);
      read.add(read(contract, answers.get(i), answer -> reader.apply(key, answer)));
    }
    return read;
  }

  RpcFailure inconsistent(String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": " + what + " at block " + block);
  }

  private <T> T read(WalletAddress contract, String answer, Function<String, T> reader) {
    try {
      return reader.apply(answer);
    } catch (IllegalArgumentException e) {
      throw inconsistent("answers for " + contract + " what is not described (" + e.getMessage() + ")");
    }
  }

  private <T> T ask(RpcCall<T> call) {
    return askAll(List.of(call)).getFirst();
  }

  private <T> List<T> askAll(List<RpcCall<T>> calls) {
    RpcBatch batch = node.batch();
    List<RpcAnswer<T>> answers = new ArrayList<>(calls.size());
    calls.forEach(call -> answers.add(batch.add(call)));
    RpcAnswer<Optional<Hash>> held = batch.add(StateCalls.blockHash(block.number()));
    batch.send();
    if (!held.get().equals(Optional.of(block.hash()))) {
      throw inconsistent("holds another block " + held.get().map(Object::toString).orElse("or none"));
    }
    return answers.stream().map(RpcAnswer::get).toList();
  }
}
