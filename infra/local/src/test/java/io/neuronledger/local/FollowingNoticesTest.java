package io.neuronledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the terminal of {@code ./ledger up} says of following. */
class FollowingNoticesTest {
  private final FollowingNotices notices = new FollowingNotices();

  @Test
  void nothing_is_said_while_all_is_well() {
    assertThat(notices.next("following", "")).isEmpty();
    assertThat(notices.next("following", "")).isEmpty();
  }

  @Test
  void each_stop_is_said_once_with_its_reason_and_each_recovery() {
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
