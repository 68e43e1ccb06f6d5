package io.neuronledger.indexer.rpc;

import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.indexer.rpc.http.RpcMessages;
import io.reactivex.Flowable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.websocket.events.Notification;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * web3j's typed single calls over this program's own transport: each within the node's deadline and limits, measured,
 * and failing as an {@link RpcFailure}. Only single calls: web3j's batches trust the order of answers, and its flows
 * lose blocks, so both are refused.
 */
public final class Web3jTransport implements Web3jService {
  private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();
  /** The executor of web3j's flows, which are refused. Without work it has no threads. */
  private static final ScheduledExecutorService NEVER_USED = Executors.newScheduledThreadPool(0);
  private static final long NEVER_POLLED_MS = Long.MAX_VALUE;

  private final RpcNode node;

  private Web3jTransport(RpcNode node) {
    this.node = node;
  }

  /** The node's typed calls. */
  public static Web3j over(RpcNode node) {
    return Web3j.build(new Web3jTransport(node), NEVER_POLLED_MS, NEVER_USED);
  }

  /** @throws RpcFailure unless the node answers with a result of that kind */
  @Override
  @SuppressWarnings("rawtypes")   // the interface's own signature
  public <T extends Response> T send(Request request, Class<T> kind) {
    JsonNode result = node.call(new RpcCall<>(request.getMethod(), JSON.writeValueAsString(request.getParams()),
        RpcMessages::tree));
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", request.getId());
    answer.set("result", result);
    return JSON.treeToValue(answer, kind);
  }

  @Override
  @SuppressWarnings("rawtypes")   // the interface's own signature
  public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> kind) {
    throw new UnsupportedOperationException("one thread follows the chain: calls wait for their answer");
  }

  @Override
  public BatchResponse sendBatch(BatchRequest batch) {
    throw new UnsupportedOperationException("batches are RpcBatch's");
  }

  @Override
  public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
    throw new UnsupportedOperationException("batches are RpcBatch's");
  }

  @Override
  @SuppressWarnings("rawtypes")   // the interface's own signature
  public <T extends Notification<?>> Flowable<T> subscribe(Request request, String unsubscribe, Class<T> kind) {
    throw new UnsupportedOperationException("web3j's flows lose blocks");
  }

  /** The creator of the node owns the connection. */
  @Override
  public void close() {}
}
