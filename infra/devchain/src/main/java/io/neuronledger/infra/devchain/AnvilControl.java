package io.neuronledger.infra.devchain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.devchain.rpc.BlockHeader;
import io.neuronledger.infra.devchain.rpc.BlockRef;
import io.neuronledger.infra.devchain.rpc.Hex;
import io.neuronledger.infra.devchain.rpc.JsonRpc;
import io.neuronledger.infra.devchain.rpc.RpcCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** What only a dev node lets one do: its clock, its mining, its forks, its coins. */
public final class AnvilControl {
  private static final long IMPERSONATED_GAS = 12_000_000;

  private final JsonRpc rpc;
  private final AtomicLong branches = new AtomicLong();

  AnvilControl(JsonRpc rpc) {
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

  /** One block with all transactions that wait. */
  public void mine() {
    mine(1);
  }

  /** The first block takes all transactions that wait; each is one second after the one before. */
  public void mine(int blocks) {
    rpc.call("anvil_mine", Hex.quantity(blocks));
  }

  /** {@code interval} lies between them. */
  public void mine(int blocks, Duration interval) {
    rpc.call("anvil_mine", Hex.quantity(blocks), Hex.quantity(interval.toSeconds()));
  }

  /** The next block, and all behind it, are this much later. Makes no block. */
  public void increaseTime(Duration by) {
    rpc.call("evm_increaseTime", by.toSeconds());
  }

  /** The next block's time exactly, after the head's; the clock goes on from there. Makes no block. */
  public void setNextBlockTime(Instant time) {
    rpc.call("evm_setNextBlockTimestamp", time.getEpochSecond());
  }

  /** Each block is this many seconds after the one before, whatever the clock says; 0 lets blocks share a second. */
  public void setBlockInterval(Duration interval) {
    rpc.call("anvil_setBlockTimestampInterval", interval.toSeconds());
  }

  /** A block for each transaction, or none until {@link #mine}. */
  public void setAutomine(boolean on) {
    rpc.call("evm_setAutomine", on);
  }

  /** @return names the chain as it is now, for {@link #revert}; good for one use */
  public String snapshot() {
    return rpc.call("evm_snapshot").asString();
  }

  /**
   * The chain as it was at the snapshot; transactions that wait are dropped. Wallets' numbers go back too: {@code
   * Transactions.forgetNonces}.
   */
  public void revert(String snapshot) {
    dropWaiting();
    if (!rpc.call("evm_revert", snapshot).asBoolean()) {
      throw new IllegalArgumentException("no such snapshot: " + snapshot);
    }
  }

  /** A transaction to be played again, {@code block} blocks after the first replaced one. */
  public record Replay(String signed, int block) {}

  /**
   * Replaces the last {@code depth} blocks by as many others, with the given transactions only: the others are gone,
   * also from the pool. Wallets' numbers may go back: {@code Transactions.forgetNonces}.
   */
  public void reorg(int depth, Collection<Replay> replays) {
    dropWaiting();
    changeMiner();
    List<List<Object>> pairs =
        replays.stream().map(each -> List.<Object>of(each.signed(), each.block())).toList();
    rpc.call("anvil_reorg", depth, pairs);
  }

  /**
   * The last {@code depth} blocks are gone and nothing takes their place: the head goes back. Transactions that wait
   * are dropped.
   */
  public void rollback(int depth) {
    dropWaiting();
    rpc.call("anvil_rollback", depth);
    changeMiner();
  }

  /**
   * A transaction has its receipt a moment before it leaves the pool. Taken back in that moment, it would still be
   * counted as waiting, and its wallet's next number would be one too high for ever.
   */
  private void dropWaiting() {
    rpc.call("anvil_dropAllTransactions");
  }

  /** The same transactions at the same time would make the same block again; with another miner it has another hash. */
  private void changeMiner() {
    String miner = "0xc0ffee" + "%034x".formatted(branches.incrementAndGet());
    rpc.call("anvil_setCoinbase", miner);
  }

  public void setBalance(WalletAddress wallet, Neuron coins) {
    rpc.call("anvil_setBalance", wallet.toString(), Hex.quantity(coins.value()));
  }

  /** In one request. */
  public void setBalances(Collection<WalletAddress> wallets, Neuron coins) {
    rpc.batch(wallets.stream()
        .map(each -> RpcCall.of("anvil_setBalance", each.toString(), Hex.quantity(coins.value()))).toList());
  }

  /** Sends a transaction in the name of any address, a contract's too, without its key. */
  public Hash sendAs(WalletAddress from, WalletAddress to, Neuron value, String data) {
    rpc.call("anvil_impersonateAccount", from.toString());
    try {
      return Hash.parse(rpc.call("eth_sendTransaction", Map.of("from", from.toString(), "to", to.toString(), "value",
          Hex.quantity(value.value()), "data", data, "gas", Hex.quantity(IMPERSONATED_GAS))).asString());
    } finally {
      rpc.call("anvil_stopImpersonatingAccount", from.toString());
    }
  }
}
