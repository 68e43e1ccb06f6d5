package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The notices of {@code ./ledger up} about following the chain. */
class FollowingNoticesTest {
  private final FollowingNotices notices = new FollowingNotices();

  @Test
  void no_notice_while_following() {
    assertThat(notices.next("following", "")).isEmpty();
    assertThat(notices.next("following", "")).isEmpty();
  }

  @Test
  void each_stop_is_reported_once_with_its_reason_and_each_recovery() {
    assertThat(notices.next("stalled", "the node does not answer")).hasValue(
        "Following the chain has stalled; it resumes by itself once this is resolved: the node does not answer");
    assertThat(notices.next("stalled", "the node does not answer")).isEmpty();
    assertThat(notices.next("following", "")).hasValue("Following the chain again.");
    assertThat(notices.next("halted", "unknown code")).hasValue(
        "FOLLOWING THE CHAIN HAS HALTED; answers do not advance until an operator acts: unknown code");
    assertThat(notices.next("unknown", "silence")).as("the last known state stays").isEmpty();
    assertThat(notices.next("following", "")).hasValue("Following the chain again.");
    assertThat(notices.next("unknown", "silence")).hasValue(
        "Whether the chain is being followed is unknown: silence");
  }
}
