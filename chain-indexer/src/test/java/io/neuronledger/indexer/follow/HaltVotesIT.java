package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.FollowerFixture.Settings;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** One node's error does not halt following: every node must give the same verdict, more than once. */
class HaltVotesIT {
  private static final Draft LOCK_PERIOD = LedgerLogs.lockPeriodSet("inference-v1.0", BigInteger.valueOf(7200));
  private static final Draft UNREADABLE = LedgerLogs.lockPeriodSet("inference-v1.0", BigInteger.TWO.pow(100));
  private static final int STEPS_MAX = 100;

  private final ScriptedChain chain = new ScriptedChain(ScriptedScene.CONTRACT);
  private final FakeNode node = new FakeNode(chain);
  private final FakeNode other = new FakeNode(chain);
  private int amount;

  @AfterEach
  void close() {
    other.close();
    node.close();
  }

  @Test
  void a_log_that_one_node_spoils_halts_nothing() {
    mine();
    spoil(node);
    try (FollowerFixture follower = follower(node, other)) {
      assertThat(halted(follower, Duration.ofSeconds(10))).isEmpty();
      assertThat(follower.next()).isEqualTo(chain.head().number() + 1);
    }
  }

  /** At 0 s and 10 s the one node, at 1 s and 11 s the other. */
  @Test
  void two_nodes_halt_following_after_two_reports_each() {
    mine();
    spoil(node);
    spoil(other);
    try (FollowerFixture follower = follower(node, other)) {
      assertThat(halted(follower, Duration.ofSeconds(1))).contains(12 + 1);
      assertThat(follower.next()).as("all before it is published").isEqualTo(3);
    }
  }

  @Test
  void a_single_node_halts_following_after_three_reports() {
    mine();
    spoil(node);
    try (FollowerFixture follower = follower(node)) {
      assertThat(halted(follower, Duration.ofSeconds(10))).contains(3 + 1);
    }
    try (FollowerFixture follower = follower(node)) {
      assertThat(halted(follower, Duration.ofSeconds(2))).contains(11 + 1);
    }
  }

  @Test
  void a_node_that_slips_twice_is_followed_by_the_third_time() {
    mine();
    spoil(node);
    try (FollowerFixture follower = follower(node)) {
      follower.advance();
      for (int i = 0; i < 2; i++) {
        assertThat(catchThrowable(follower::advance)).isInstanceOf(RpcFailure.class);
        follower.clock().pass(Duration.ofSeconds(10));
      }
      node.behave();
      assertThat(halted(follower, Duration.ofSeconds(10))).isEmpty();
      assertThat(follower.next()).isEqualTo(chain.head().number() + 1);
    }
  }

  @Test
  void a_fork_below_finality_halts_following_after_three_reports() {
    deposits(60);
    try (FollowerFixture follower = new FollowerFixture(new AccountLedgerFamily(ScriptedScene.CONTRACT),
        new Settings(ScriptedScene.CONTRACT, 1, new Finality.Depth(20), 100), node.url())) {
      follower.followToHead();
      ScriptedChain before = chain.copy();
      chain.lose(25);
      deposits(30);
      follower.advance();   // a suspicion
      for (int i = 0; i < 2; i++) {
        assertThat(catchThrowable(follower::advance)).isInstanceOf(RpcFailure.class)
            .hasMessageContaining("which is final");
        follower.clock().pass(Duration.ofSeconds(10));
      }
      node.follow(before);
      follower.advance();   // a single error: the count starts again
      node.follow(chain);
      assertThat(halted(follower, Duration.ofSeconds(10))).contains(1 + 3);
    }
  }

  private void mine() {
    deposits(2);
    chain.mine(LOCK_PERIOD);
    deposits(2);
  }

  private void deposits(int blocks) {
    for (int i = 0; i < blocks; i++) {
      amount++;
      chain.mine(ScriptedScene.deposit(amount));
    }
  }

  /** The logs of the lock period have undecodable data, in receipts too. */
  private static void spoil(FakeNode spoilt) {
    spoilt.misbehave(call -> {
      if (!call.method().equals("eth_getLogs") && !call.method().equals("eth_getBlockReceipts")) {
        return Optional.empty();
      }
      String logs = spoilt.truth(call).toString().replace(LOCK_PERIOD.data(), UNREADABLE.data());
      return Optional.of(new Misbehaviour.Result(JsonMapper.shared().readTree(logs)));
    });
  }

  private static FollowerFixture follower(FakeNode... nodes) {
    String[] urls = new String[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      urls[i] = nodes[i].url();
    }
    return new FollowerFixture(new AccountLedgerFamily(ScriptedScene.CONTRACT),
        Settings.of(ScriptedScene.CONTRACT, 1), urls);
  }

  /**
   * Steps, some time apart, until following halts or has reached the head.
   *
   * @return the step at which it halted
   */
  private Optional<Integer> halted(FollowerFixture follower, Duration apart) {
    for (int step = 1; step <= STEPS_MAX; step++) {
      try {
        if (!follower.advance() && follower.next() > chain.head().number()) {
          return Optional.empty();
        }
      } catch (FollowingHalted halted) {
        return Optional.of(step);
      } catch (RpcFailure again) {
        follower.clock().pass(apart);
      }
    }
    throw new AssertionError("neither halted nor at the head");
  }
}
