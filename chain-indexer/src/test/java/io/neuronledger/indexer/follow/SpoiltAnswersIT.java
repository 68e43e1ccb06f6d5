package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.fixture.ChainAnswers;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.FollowerFixture.Settings;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** A node that spoils a fifth of its answers costs time, never progress. */
class SpoiltAnswersIT {
  private static final int BLOCKS = 2_000;
  private static final int SPOILT_PERCENT = 20;
  private static final int STALE_BY = 50;
  /** Some 80 come out; without repeats a step of 200 blocks seldom ends. */
  private static final int REQUESTS_MAX = 200;

  private enum How { THROTTLED, BAD_GATEWAY, CUT, BROKEN_OFF, EMPTY_LOGS, STALE_HEAD }

  private final ScriptedChain chain = new ScriptedChain(ScriptedScene.CONTRACT);
  private final FakeNode node = new FakeNode(chain);
  private int decidedFor;
  private Optional<How> decided = Optional.empty();

  @AfterEach
  void close() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_fifth_of_all_answers_spoilt_ends_equal(long seed) {
    for (int i = 1; i <= BLOCKS; i++) {
      chain.mine(ScriptedScene.deposit(i));
    }
    SplittableRandom random = new SplittableRandom(seed);
    node.misbehave(call -> spoilt(call, random));
    try (FollowerFixture follower = new FollowerFixture(new AccountLedgerFamily(ScriptedScene.CONTRACT),
        new Settings(ScriptedScene.CONTRACT, 1, new Finality.Depth(1_000_000), 200), node.url())) {
      while (follower.next() <= BLOCKS) {
        assertThat(node.requests()).as("at block %s", follower.next()).isLessThan(REQUESTS_MAX);
        try {
          follower.advance();
        } catch (RpcFailure failure) {
          follower.clock().pass(Duration.ofSeconds(1));
        }
      }
      List<PublishedFact> facts = follower.facts();
      assertThat(facts).extracting(fact -> ((ChainEvent.Deposit) fact.event()).amount().value().intValueExact())
          .hasSize(BLOCKS).isSorted().doesNotHaveDuplicates();
    }
  }

  /** Decided once for each request, independent of its calls. */
  private synchronized Optional<Misbehaviour> spoilt(Call call, SplittableRandom random) {
    if (node.requests() != decidedFor) {
      decidedFor = node.requests();
      decided = random.nextInt(100) < SPOILT_PERCENT
          ? Optional.of(How.values()[random.nextInt(How.values().length)]) : Optional.empty();
    }
    return decided.flatMap(how -> misbehaviour(how, call));
  }

  private Optional<Misbehaviour> misbehaviour(How how, Call call) {
    return switch (how) {
      case THROTTLED -> Optional.of(new Misbehaviour.Status(429, Map.of("Retry-After", "1"), "slow down"));
      case BAD_GATEWAY -> Optional.of(new Misbehaviour.Status(502, Map.of(), "<html>bad gateway</html>"));
      case CUT -> Optional.of(new Misbehaviour.Status(200, Map.of(), "[{\"jsonrpc\":\"2.0\",\"id\":0,\"resu"));
      case BROKEN_OFF -> Optional.of(new Misbehaviour.BreaksOff());
      case EMPTY_LOGS -> call.method().equals("eth_getLogs")
          ? Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.arrayNode())) : Optional.empty();
      case STALE_HEAD -> call.params().path(0).asString("").equals("latest")
          ? Optional.of(new Misbehaviour.Result(ChainAnswers.json(chain.at(BLOCKS - STALE_BY).orElseThrow())))
          : Optional.empty();
    };
  }
}
