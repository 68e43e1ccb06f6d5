package io.neuronledger.testkit.devchain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.rpc.RpcCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The controls of a dev node: clock, mining, forks and native balances. */
public final class AnvilControl {
  private static final long IMPERSONATED_GAS = 12_000_000;

  private final JsonRpc rpc;
  private final AtomicLong branches = new AtomicLong();

  /** @param rpc of a running dev node */
  public AnvilControl(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** The newest block. */
  public BlockHeader head() {
    return block(BlockRef.latest());
  }

  /** @throws IllegalArgumentException when there is no such block */
  public BlockHeader block(BlockRef block) {
    JsonNode json = block instanceof BlockRef.ByHash hash
        ? rpc.call("eth_getBlockByHash", hash.block().toString(), false)
        : rpc.call("eth_getBlockByNumber", block.parameter(), false);
    if (!json.isObject()) {
      throw new IllegalArgumentException("no such block: " + block);
    }
    return BlockHeader.of(json);
  }

  /** Mines one block with all pending transactions. */
  public void mine() {
    mine(1);
  }

  /** Mines blocks one second apart; the first includes all pending transactions. */
  public void mine(int blocks) {
    rpc.call("anvil_mine", Quantity.of(blocks));
  }

  /** Mines blocks {@code interval} apart. */
  public void mine(int blocks, Duration interval) {
    rpc.call("anvil_mine", Quantity.of(blocks), Quantity.of(interval.toSeconds()));
  }

  /** Moves the clock of all later blocks forward. Mines no block. */
  public void increaseTime(Duration by) {
    rpc.call("evm_increaseTime", by.toSeconds());
  }

  /** Sets the next block's time, later than the head's; the clock continues from there. Mines no block. */
  public void setNextBlockTime(Instant time) {
    rpc.call("evm_setNextBlockTimestamp", time.getEpochSecond());
  }

  /** Sets the block time interval, independent of the clock; 0 lets blocks share a second. */
  public void setBlockInterval(Duration interval) {
    rpc.call("anvil_setBlockTimestampInterval", interval.toSeconds());
  }

  /** Mines a block for each transaction, or none until {@link #mine}. */
  public void setAutomine(boolean on) {
    rpc.call("evm_setAutomine", on);
  }

  /** @return the id of a snapshot of the chain, for {@link #revert}; valid for one use */
  public String snapshot() {
    return rpc.call("evm_snapshot").asString();
  }

  /**
   * Restores the snapshot and drops pending transactions. Wallets' nonces decrease too: call {@code
   * Transactions.forgetNonces}.
   */
  public void revert(String snapshot) {
    dropPending();
    if (!rpc.call("evm_revert", snapshot).asBoolean()) {
      throw new IllegalArgumentException("no such snapshot: " + snapshot);
    }
  }

  /** A transaction to replay, {@code block} blocks after the first replaced one. */
  public record Replay(String signed, int block) {}

  /**
   * Replaces the last {@code depth} blocks by as many others, with the given transactions only; all others are dropped,
   * also from the pool. Wallets' nonces may decrease: call {@code Transactions.forgetNonces}.
   */
  public void reorg(int depth, Collection<Replay> replays) {
    dropPending();
    changeMiner();
    List<List<Object>> pairs =
        replays.stream().map(each -> List.<Object>of(each.signed(), each.block())).toList();
    rpc.call("anvil_reorg", depth, pairs);
  }

  /**
   * Removes the last {@code depth} blocks without replacement: the head moves back. Drops pending transactions.
   */
  public void rollback(int depth) {
    dropPending();
    rpc.call("anvil_rollback", depth);
    changeMiner();
  }

  /**
   * A transaction has its receipt shortly before it leaves the pool. Retracted in between, it would still count as
   * pending, and its wallet's next nonce would stay one too high.
   */
  private void dropPending() {
    rpc.call("anvil_dropAllTransactions");
  }

  /** The same transactions at the same time would produce the same block again; another miner changes the hash. */
  private void changeMiner() {
    String miner = "0xc0ffee" + "%034x".formatted(branches.incrementAndGet());
    rpc.call("anvil_setCoinbase", miner);
  }

  public void setBalance(WalletAddress wallet, Neuron coins) {
    rpc.call("anvil_setBalance", wallet.toString(), Quantity.of(coins.value()));
  }

  /** Sets all balances in one request. */
  public void setBalances(Collection<WalletAddress> wallets, Neuron coins) {
    rpc.batch(wallets.stream()
        .map(each -> RpcCall.of("anvil_setBalance", each.toString(), Quantity.of(coins.value()))).toList());
  }

  /** Sends a transaction from any address, also a contract's, without its key. */
  public Hash sendAs(WalletAddress from, WalletAddress to, Neuron value, String data) {
    rpc.call("anvil_impersonateAccount", from.toString());
    try {
      return Hash.parse(rpc.call("eth_sendTransaction", Map.of("from", from.toString(), "to", to.toString(), "value",
          Quantity.of(value.value()), "data", data, "gas", Quantity.of(IMPERSONATED_GAS))).asString());
    } finally {
      rpc.call("anvil_stopImpersonatingAccount", from.toString());
    }
  }
}
