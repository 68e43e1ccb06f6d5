package io.neuronledger.command.scene;

import static io.neuronledger.command.scene.Script.back;
import static io.neuronledger.command.scene.Script.deposit;
import static io.neuronledger.command.scene.Script.request;
import static io.neuronledger.command.scene.Script.settle;
import static io.neuronledger.command.scene.Script.transfer;
import static io.neuronledger.command.scene.Script.withdraw;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * What a few wallets do, block by block: possible and impossible facts alike, with time that sometimes jumps over the lock.
 */
public record RandomBlocks(List<Block> blocks) {
  private static final int OWNERS = 6;
  private static final int FACTS_MAX = 8;

  /** One block. */
  public record Block(Instant time, List<ChainEvent.OwnerFact> facts) {}

  public static List<WalletAddress> owners() {
    return LongStream.range(0, OWNERS).mapToObj(number -> Wallets.wallet(7_000 + number)).toList();
  }

  public static RandomBlocks of(Random random, Instant start, int count) {
    List<Block> blocks = new ArrayList<>();
    Instant time = start;
    for (int i = 0; i < count; i++) {
      time = time.plus(Duration.ofMinutes(random.nextInt(10) == 0 ? 60L * 24 : random.nextInt(60)));
      List<ChainEvent.OwnerFact> facts = new ArrayList<>();
      for (int fact = random.nextInt(FACTS_MAX); fact > 0; fact--) {
        facts.add(fact(random, owners().get(random.nextInt(OWNERS))));
      }
      blocks.add(new Block(time, facts));
    }
    return new RandomBlocks(blocks);
  }

  private static ChainEvent.OwnerFact fact(Random random, WalletAddress owner) {
    String amount = String.valueOf(1 + random.nextInt(5));
    return switch (random.nextInt(9)) {
      case 0, 1 -> deposit(owner, amount);
      case 2, 3 -> transfer(owner, amount);
      case 4, 5 -> request(owner, amount);
      case 6 -> back(owner, amount);
      case 7 -> settle(owner, amount, amount);
      default -> withdraw(owner, amount);
    };
  }

  /** The same blocks, and within each the same facts of each owner in their order: only who comes before whom differs. */
  public RandomBlocks shuffled(Random random) {
    return new RandomBlocks(blocks.stream().map(block -> {
      List<WalletAddress> turns = new ArrayList<>(block.facts().stream().map(ChainEvent.OwnerFact::owner).toList());
      Collections.shuffle(turns, random);
      List<ChainEvent.OwnerFact> left = new ArrayList<>(block.facts());
      List<ChainEvent.OwnerFact> facts = turns.stream().map(owner -> {
        ChainEvent.OwnerFact next =
            left.stream().filter(fact -> fact.owner().equals(owner)).findFirst().orElseThrow();
        left.remove(next);
        return next;
      }).toList();
      return new Block(block.time(), facts);
    }).toList());
  }

  /** Only this owner's facts, in the same blocks. */
  public RandomBlocks of(WalletAddress owner) {
    return new RandomBlocks(blocks.stream()
        .map(block -> new Block(block.time(), block.facts().stream().filter(fact -> fact.owner().equals(owner)).toList()))
        .toList());
  }

  /** Says them, from the script's block on. */
  public List<ScriptedPartitions.Said> on(ScriptedPartitions chain) {
    for (Block block : blocks) {
      chain.at(block.time());
      block.facts().forEach(chain::fact);
      chain.seal();
    }
    return chain.drain();
  }

  public Instant end() {
    return blocks.isEmpty() ? ScriptedPartitions.GENESIS : blocks.getLast().time();
  }
}
