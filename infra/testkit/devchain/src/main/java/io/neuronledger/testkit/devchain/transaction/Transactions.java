package io.neuronledger.testkit.devchain.transaction;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.rpc.RpcCall;
import io.neuronledger.testkit.devchain.rpc.RpcException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import tools.jackson.databind.JsonNode;

/**
 * Signs and sends transactions of dev wallets. It assigns the nonces itself, so that many transactions of a wallet can
 * be sent before a block is mined. Thread-safe; a wallet belongs to one instance at a time.
 */
public final class Transactions {
  /** Enough for the largest batch of settlements; a block of the dev node fits hundreds of such transactions. */
  private static final BigInteger GAS_LIMIT = BigInteger.valueOf(12_000_000);
  private static final BigInteger MAX_FEE = BigInteger.valueOf(10_000_000_000L);
  private static final BigInteger MAX_PRIORITY_FEE = BigInteger.ONE;
  private static final Duration MINED_DEADLINE = Duration.ofSeconds(30);
  private static final Duration RECEIPT_POLL = Duration.ofMillis(3);
  private static final List<CompiledContract> KNOWN = List.of(CompiledContract.ACCOUNT_LEDGER,
      CompiledContract.BATCHER, CompiledContract.PAYMENT_VAULT, CompiledContract.ROUTER_POOL);

  private final JsonRpc rpc;
  private final long chainId;
  private final Map<WalletAddress, BigInteger> nextNonces = new ConcurrentHashMap<>();
  private final Map<WalletAddress, ReentrantLock> sendLocks = new ConcurrentHashMap<>();

  public Transactions(JsonRpc rpc) {
    this.rpc = rpc;
    this.chainId = Quantity.toLong(rpc.call("eth_chainId").asString());
  }

  public JsonRpc rpc() {
    return rpc;
  }

  /** A call to be sent by a wallet. */
  public record Outgoing(DevWallet from, Call call) {}

  /** @return the transaction's hash; its success is known only once it is mined */
  public Hash send(DevWallet from, Call call) {
    return send(from, call.to().toString(), call.value(), call.data());
  }

  /**
   * Sends all in one request. Transactions of one wallet are mined in order; the node may interleave wallets.
   *
   * @return the hashes, in the order given
   */
  public List<Hash> sendAll(List<Outgoing> outgoing) {
    List<RpcCall> calls = outgoing.stream().map(each -> RpcCall.of("eth_sendRawTransaction",
        sign(each.from(), each.call().to().toString(), each.call().value(), each.call().data()))).toList();
    try {
      return rpc.batch(calls).stream().map(each -> Hash.parse(each.asString())).toList();
    } catch (RpcException | UncheckedIOException e) {
      outgoing.forEach(each -> nextNonces.remove(each.from().address()));
      throw e;
    }
  }

  /** Creates a contract whose constructor has no arguments, and waits for its deployment. */
  public Receipt deploy(DevWallet from, CompiledContract contract) {
    return deploy(from, contract, new AbiWriter());
  }

  /** Creates the contract and waits for its deployment. */
  public Receipt deploy(DevWallet from, CompiledContract contract, AbiWriter arguments) {
    return await(send(from, "", Neuron.ZERO, contract.bytecode() + arguments));
  }

  /**
   * Waits until the transaction is mined and has succeeded.
   *
   * @throws ContractReverted when it was mined and reverted, with the contract's reason
   * @throws IllegalStateException when it is not mined within 30 s
   */
  public Receipt await(Hash transaction) {
    Receipt receipt = awaitMined(transaction);
    if (!receipt.succeeded()) {
      throw new ContractReverted("transaction " + transaction + " of block " + receipt.block(), reasonOf(transaction));
    }
    return receipt;
  }

  /** Like {@link #await}, but returns the receipt of a reverted transaction too. */
  public Receipt awaitMined(Hash transaction) {
    long deadline = System.nanoTime() + MINED_DEADLINE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode receipt = rpc.call("eth_getTransactionReceipt", transaction.toString());
      if (receipt.isObject()) {
        return Receipt.of(receipt);
      }
      LockSupport.parkNanos(RECEIPT_POLL.toNanos());
    }
    throw new IllegalStateException("not mined within " + MINED_DEADLINE.toSeconds() + " s: " + transaction
        + ". Is mining switched off, or was it dropped by a fork?");
  }

  /** Sends and waits. */
  public Receipt execute(DevWallet from, Call call) {
    return await(send(from, call));
  }

  /**
   * Makes the call without a transaction.
   *
   * @return its return data
   * @throws ContractReverted when it would be reverted
   */
  public String simulate(WalletAddress from, Call call, BlockRef block) {
    Map<String, Object> request = Map.of("from", from.toString(), "to", call.to().toString(), "value",
        Quantity.of(call.value().value()), "data", call.data());
    try {
      return rpc.call("eth_call", request, block.parameter()).asString();
    } catch (RpcException e) {
      if (e.data().isEmpty()) {
        throw e;
      }
      throw new ContractReverted("a call to " + call.to(), decode(e.data()));
    }
  }

  /** Drops the cached nonces, so that they are read from the node again: after a fork, a rollback, a restarted node. */
  public void forgetNonces() {
    nextNonces.clear();
  }

  /** The signed form of a transaction that the node knows, to replay it after a fork. */
  public String signed(Hash transaction) {
    JsonNode raw = rpc.call("eth_getRawTransactionByHash", transaction.toString());
    if (!raw.isString()) {
      throw new IllegalArgumentException("the node does not know transaction " + transaction);
    }
    return raw.asString();
  }

  /** Sends a wallet's transactions in the order of their nonces: those after a gap may wait for another block. */
  private Hash send(DevWallet from, String to, Neuron value, String data) {
    ReentrantLock sendLock = sendLocks.computeIfAbsent(from.address(), _ -> new ReentrantLock());
    sendLock.lock();
    try {
      return Hash.parse(rpc.call("eth_sendRawTransaction", sign(from, to, value, data)).asString());
    } catch (RpcException | UncheckedIOException e) {
      // Not accepted, or unknown: the nonce may be free again. Read it from the node next time.
      nextNonces.remove(from.address());
      throw e;
    } finally {
      sendLock.unlock();
    }
  }

  private String sign(DevWallet from, String to, Neuron value, String data) {
    AtomicReference<BigInteger> nonce = new AtomicReference<>(BigInteger.ZERO);
    nextNonces.compute(from.address(), (wallet, known) -> {
      nonce.set(known != null ? known : pendingNonce(wallet));
      return nonce.get().add(BigInteger.ONE);
    });
    RawTransaction raw = RawTransaction.createTransaction(
        chainId, nonce.get(), GAS_LIMIT, to, value.value(), data, MAX_PRIORITY_FEE, MAX_FEE);
    return HexData.of(TransactionEncoder.signMessage(raw, from.credentials()));
  }

  private BigInteger pendingNonce(WalletAddress wallet) {
    return Quantity.toBigInteger(rpc.call("eth_getTransactionCount", wallet.toString(), "pending").asString());
  }

  private ContractAbi.Decoded reasonOf(Hash transaction) {
    JsonNode trace = rpc.call("debug_traceTransaction", transaction.toString(), Map.of("tracer", "callTracer"));
    return decode(trace.path("output").asString("0x"));
  }

  private static ContractAbi.Decoded decode(String data) {
    return KNOWN.stream().map(each -> each.abi().error(data)).filter(each -> !each.name().startsWith("unknown"))
        .findFirst().orElseGet(() -> CompiledContract.ACCOUNT_LEDGER.abi().error(data));
  }
}
