package io.neuronledger.indexer.rpc;

import java.util.ArrayList;
import java.util.List;

/** Calls that go to one node together, in as few requests as the node accepts. */
public final class RpcBatch {
  private final RpcNode node;
  private final List<RpcAnswer<?>> answers = new ArrayList<>();

  RpcBatch(RpcNode node) {
    this.node = node;
  }

  public <T> RpcAnswer<T> add(RpcCall<T> call) {
    RpcAnswer<T> answer = new RpcAnswer<>(call);
    answers.add(answer);
    return answer;
  }

  /**
   * Fills every answer. Safe to call again after a failure.
   *
   * @throws RpcFailure unless all calls were answered
   */
  public void send() {
    node.send(answers);
  }
}
