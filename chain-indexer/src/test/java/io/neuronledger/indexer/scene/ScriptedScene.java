package io.neuronledger.indexer.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.follow.Progress;
import io.neuronledger.indexer.scene.LedgerLogs.Draft;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A scripted chain behind one node, and what an indexer on it publishes. */
public final class ScriptedScene implements AutoCloseable {
  public static final WalletAddress CONTRACT = WalletAddress.parse("0x" + "c0".repeat(20));
  public static final Duration PATIENCE = Duration.ofMinutes(1);

  public final ScriptedChain chain = new ScriptedChain(CONTRACT);
  public final FakeNode node = new FakeNode(chain);
  private int amount;
  public Indexer.Options options = Indexer.Options.of(node.url(), CONTRACT, 1);

  /** A deposit of so many neuron by one of 50 wallets: the amount names it. */
  public static Draft deposit(int amount) {
    WalletAddress owner = WalletAddress.parse("0x%040x".formatted(1 + amount % 50));
    return LedgerLogs.deposit(owner, owner, new Neuron(BigInteger.valueOf(amount)));
  }

  /** Mines blocks with one deposit each, whose amounts go on where the last ones ended. */
  public void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      amount++;
      chain.mine(deposit(amount));
    }
  }

  public Published published() {
    return options.published();
  }

  /** Waits until all partitions have sealed the chain's head, and checks all promises. */
  public void awaitHead(Published published) {
    awaitSealed(published, chain.head().number());
  }

  public void awaitSealed(Published published, long block) {
    await().atMost(PATIENCE).until(() -> published.refresh().sealed() == block
        && published.endsWith(chain.at(block).orElseThrow().hash()));
    published.assertWellFormed(options.startBlock());
  }

  public static void awaitProgress(Indexer indexer, Predicate<Progress.View> holds) {
    await().atMost(PATIENCE).until(() -> holds.test(indexer.progress()));
  }

  /** The living deposits, by their amounts, in the chain's order. */
  public static List<Integer> amounts(Published published) {
    return published.livingFacts().stream()
        .map(record -> ((ChainEvent.Deposit) record.event()).amount().value().intValueExact()).toList();
  }

  /** What is published is what the chain holds now: each deposit once, in order. */
  public void assertMirrors(Published published) {
    List<Integer> expected = chain.blocks().stream().flatMap(block -> block.logs().stream())
        .map(log -> new BigInteger(log.data().substring(2), 16).intValueExact()).toList();
    assertThat(amounts(published)).isEqualTo(expected);
    for (int partition = 0; partition < options.partitions(); partition++) {
      assertThat(published.living(partition)).filteredOn(record -> record.event() instanceof ChainEvent.BlockSealed)
          .extracting(record -> record.blockHash()).containsExactlyElementsOf(
              chain.blocks().stream().skip(options.startBlock()).map(ScriptedChain.Block::hash).toList());
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
