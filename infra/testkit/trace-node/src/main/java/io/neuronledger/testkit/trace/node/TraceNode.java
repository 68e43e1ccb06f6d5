package io.neuronledger.testkit.trace.node;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.trace.Trace;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Serves a trace on 127.0.0.1. Its head is before the first transaction until {@link #advanceTo}; every block is final
 * at once.
 */
public final class TraceNode implements AutoCloseable {
  /** A second, lagging machine behind the same address. */
  private record Laggard(TraceRpc rpc, AtomicLong head, LongSupplier behind) {}

  private final Trace trace;
  private final TraceSwitches switches;
  private final TraceRpc rpc;
  private final AtomicLong head;
  private volatile Optional<Laggard> laggard = Optional.empty();
  private final LongAdder calls = new LongAdder();
  private final RpcServer server;

  private TraceNode(Trace trace, TraceSwitches switches) {
    this.trace = trace;
    this.switches = switches;
    this.head = new AtomicLong(trace.transactions().getFirst().block() - 1);
    this.rpc = new TraceRpc(trace, switches, head);
    this.server = RpcServer.start(this::machine);
  }

  /** The code of a contract, different for each address. */
  public static String codeOf(WalletAddress contract) {
    return "0x60806040" + contract.value().substring(2);
  }

  public static TraceNode start(Trace trace, TraceSwitches switches) {
    return new TraceNode(trace, switches);
  }

  public String url() {
    return server.url();
  }

  public long head() {
    return head.get();
  }

  /** The last block of the trace. */
  public long last() {
    return rpc.blocks().last();
  }

  /** Moves the head forward to this block; never back. */
  public void advanceTo(long block) {
    head.accumulateAndGet(Math.min(block, last()), Math::max);
  }

  /**
   * Simulates a load balancer over several machines from now on.
   *
   * @param blocks called once per request, which must not overlap: the lag of the answering machine in blocks
   */
  public void lags(LongSupplier blocks) {
    AtomicLong itsHead = new AtomicLong();
    laggard = Optional.of(new Laggard(new TraceRpc(trace, switches, itsHead), itsHead, blocks));
  }

  /** The number of answered calls, each call of a batch included. */
  public long calls() {
    return calls.sum();
  }

  /** The machine that answers the next request. */
  private RpcServer.Methods machine() {
    Optional<Laggard> other = laggard;
    long blocks = other.map(machine -> machine.behind().getAsLong()).orElse(0L);
    if (other.isEmpty() || blocks == 0) {
      return counted(rpc);
    }
    other.get().head().set(Math.max(rpc.blocks().first(), head.get() - blocks));
    return counted(other.get().rpc());
  }

  private RpcServer.Methods counted(TraceRpc machine) {
    return (method, params) -> {
      calls.increment();
      return machine.answer(method, params);
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
