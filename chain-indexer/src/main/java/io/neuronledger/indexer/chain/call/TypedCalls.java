package io.neuronledger.indexer.chain.call;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.rpc.RpcNode;
import io.neuronledger.indexer.rpc.Web3jTransport;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import tools.jackson.core.JacksonException;

/** Single calls by web3j's types. Calls in numbers go in batches ({@link ChainCalls}, {@link StateCalls}). */
public final class TypedCalls {
  private final Web3j web3j;
  private final String node;

  public TypedCalls(RpcNode rpc) {
    this.web3j = Web3jTransport.over(rpc);
    this.node = rpc.name();
  }

  /** The EIP-155 id. */
  public long chainId() {
    return read(web3j.ethChainId(), Quantity::toLong);
  }

  /** The native balance of an account after a block. */
  public Neuron balance(WalletAddress account, long block) {
    return read(web3j.ethGetBalance(account.value(), at(block)), wei -> new Neuron(Quantity.toBigInteger(wei)));
  }

  private static DefaultBlockParameter at(long block) {
    return DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
  }

  private <R, T extends Response<R>, V> V read(Request<?, T> request, Function<R, V> reader) {
    return readPresent(request, reader).orElseThrow(() -> malformed(request, "null"));
  }

  private <R, T extends Response<R>, V> Optional<V> readPresent(Request<?, T> request, Function<R, V> reader) {
    try {
      return Optional.ofNullable(request.send().getResult()).map(reader);
    } catch (IllegalArgumentException | JacksonException e) {
      throw malformed(request, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new RpcFailure(RpcFailure.Kind.BROKEN_OFF, node + ": " + e.getMessage(), e);
    }
  }

  private RpcFailure malformed(Request<?, ?> request, String what, Throwable... cause) {
    return new RpcFailure(RpcFailure.Kind.MALFORMED, node + ": answered " + request.getMethod() + " with " + what,
        cause);
  }
}
