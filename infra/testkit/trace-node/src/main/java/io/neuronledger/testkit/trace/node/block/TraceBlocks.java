package io.neuronledger.testkit.trace.node.block;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.testkit.trace.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chain of a trace: its blocks, the empty ones between them, and two before the first. Every block names its
 * parent; its hash covers its content; block times never decrease.
 */
public final class TraceBlocks {
  private static final int BEFORE_FIRST = 2;

  private final NavigableMap<Long, TraceBlock> byNumber = new TreeMap<>();
  private final Map<Hash, TraceBlock> byHash = new HashMap<>();
  private final Map<Hash, Trace.Transaction> transactions = new HashMap<>();

  public TraceBlocks(Trace trace, boolean blooms) {
    NavigableMap<Long, List<Trace.Transaction>> inBlocks = new TreeMap<>();
    for (Trace.Transaction transaction : trace.transactions()) {
      inBlocks.computeIfAbsent(transaction.block(), _ -> new ArrayList<>()).add(transaction);
      transactions.put(transaction.hash(), transaction);
    }
    long first = Math.max(0, inBlocks.firstKey() - BEFORE_FIRST);
    Hash parent = Hash.keccak256("before " + trace.ledgerManager());
    Instant time = inBlocks.firstEntry().getValue().getFirst().time();
    Trace.State state = Trace.State.EMPTY;
    for (long number = first; number <= inBlocks.lastKey(); number++) {
      List<Trace.Transaction> inside = inBlocks.getOrDefault(number, List.of());
      for (Trace.Transaction transaction : inside) {
        time = transaction.time().isAfter(time) ? transaction.time() : time;
        state = transaction.expected();
      }
      TraceBlock block = block(number, parent, time, inside, state, blooms);
      byNumber.put(number, block);
      byHash.put(block.hash(), block);
      parent = block.hash();
    }
  }

  public Optional<TraceBlock> at(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  public Optional<TraceBlock> of(Hash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  public Optional<Trace.Transaction> transaction(Hash hash) {
    return Optional.ofNullable(transactions.get(hash));
  }

  public long first() {
    return byNumber.firstKey();
  }

  public long last() {
    return byNumber.lastKey();
  }

  private static TraceBlock block(long number, Hash parent, Instant time, List<Trace.Transaction> inside,
      Trace.State state, boolean blooms) {
    StringBuilder content = new StringBuilder(parent + " " + number + " " + time.getEpochSecond());
    List<Trace.Log> logs = new ArrayList<>();
    for (Trace.Transaction transaction : inside) {
      content.append(' ').append(transaction.hash());
      logs.addAll(transaction.logs());
    }
    String bloom = BlockJson.bloom(blooms ? logs : List.of());
    return new TraceBlock(number, Hash.keccak256(content.toString()), parent, time, bloom, inside, state);
  }
}
