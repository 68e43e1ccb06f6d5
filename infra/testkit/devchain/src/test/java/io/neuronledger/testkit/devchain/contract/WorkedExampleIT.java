package io.neuronledger.testkit.devchain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The worked example of the real contracts, step by step, with AccountLedger's additional logs. */
class WorkedExampleIT {
  private final Scene scene = new Scene();

  @Test
  void the_example_matches_step_by_step() {
    scene.deposit("10");
    assertThat(scene.state()).isEqualTo("avail 10 total 10 bal 0 pend 0 []");
    scene.transfer("5");
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 0 []");
    scene.retrieve();
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 5 [5]");
    Instant first = Scene.now();
    assertThat(scene.retrieve()).as("no new refund, so no log").isEmpty();
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 5 [5]");
    scene.transfer("2");
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 3 [3]");
    Scene.node().increaseTime(Duration.ofHours(1));
    scene.retrieve();
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 5 [3, 2]");
    String fork = Scene.node().snapshot();
    Instant second = Scene.now();
    assertThat(scene.subAccount().refunds()).extracting(RefundAt::requestedAt).containsExactly(first, second);

    scene.transfer("7");
    assertThat(scene.state()).isEqualTo("avail 3 total 10 bal 7 pend 0 []");

    Scene.node().revert(fork);
    scene.contract.transactions().forgetNonces();
    fork = Scene.node().snapshot();
    assertThat(scene.retrieveAt(first.plus(Scene.DAY))).hasSize(1);
    assertThat(scene.state()).isEqualTo("avail 8 total 10 bal 2 pend 2 [2]");
    assertThat(scene.subAccount().refunds()).extracting(RefundAt::requestedAt).containsExactly(second);

    Scene.node().revert(fork);
    scene.contract.transactions().forgetNonces();
    scene.settle("0.5", 1);
    assertThat(scene.state()).isEqualTo("avail 5 total 9.5 bal 4.5 pend 4.5 [3, 1.5]");
  }
}
