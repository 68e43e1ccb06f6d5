package io.neuronledger.indexer.rpc;

import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls to one node, sent together in as few requests as the node accepts. */
public final class RpcBatch {
  private final RpcNode node;
  private final List<RpcAnswer<?>> answers = new ArrayList<>();
  private Optional<BlockHashCheck<?>> pin = Optional.empty();

  RpcBatch(RpcNode node) {
    this.node = node;
  }

  public <T> RpcAnswer<T> add(RpcCall<T> call) {
    RpcAnswer<T> answer = new RpcAnswer<>(call);
    answers.add(answer);
    return answer;
  }

  /**
   * Adds this call to every request that the others are spread over: behind a load balancer, each may be answered by
   * another machine. For a node that takes one call at a time it is sent before the others and again after them.
   *
   * @param holds throws a failure for an answer that invalidates the others
   */
  public <T> void pinnedBy(RpcCall<T> call, Consumer<T> holds) {
    pin = Optional.of(new BlockHashCheck<>(call, holds));
  }

  /**
   * Fills every answer. Safe to call again after a failure.
   *
   * @throws RpcFailure unless all calls were answered, and the pin holds
   */
  public void send() {
    node.send(answers, pin);
  }
}
