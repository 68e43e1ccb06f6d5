package io.neuronledger.query.alert.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.query.alert.store.AlertSubject;
import io.neuronledger.query.fixture.History;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random histories with forks, judged after random pieces of them. */
class AlertPropertiesIT {
  private static final int STEPS = 100;
  private static final int MANY = 10_000;
  /** About the middle of what a random account has. */
  private static final String THRESHOLD = "300000000000000000000000000";

  /** Each of them is judged piece by piece, by owners that have changed, and once as a whole at the end. */
  @Property(tries = 30)
  void what_holds_is_what_a_fresh_look_finds_and_alternates(@ForAll long seed) {
    History history = History.of(seed, 0, 1, STEPS);
    Random cuts = new Random(seed);
    try (Judging judging = new Judging(1, Judging.NEVER, MANY);
        Judging fresh = new Judging(1, Judging.NEVER, MANY)) {
      List<AlertRuleView> rules = List.of(
          judging.rule(AlertKind.BALANCE_BELOW, Optional.of(THRESHOLD), Optional.empty(), Optional.empty()),
          judging.rule(AlertKind.REFUND_CLAIMABLE, Optional.empty(), Optional.empty(), Optional.empty()),
          judging.rule(AlertKind.SPENDABLE_BELOW, Optional.of(THRESHOLD), Optional.empty(), Optional.empty()));
      List<AccountRecord> rest = new ArrayList<>(history.records());
      while (!rest.isEmpty()) {
        List<AccountRecord> piece = rest.subList(0, Math.min(rest.size(), 1 + cuts.nextInt(20)));
        judging.fixture().process(piece);
        piece.clear();
        round(judging);
      }
      fresh.fixture().process(history.records());
      rules.forEach(rule -> fresh.rules.add(rule, fresh.fixture().db()));
      fresh.clock.pass(Duration.between(fresh.clock.instant(), judging.clock.instant()));
      round(fresh);
      String atNextLook = rules.getLast().id().toString();
      assertThat(holding(judging, atNextLook)).as("without looking at all").isEqualTo(holding(fresh, atNextLook));
      // A reversal counts with the next look at all.
      judging.judge(Judging.NEVER, MANY).round();
      assertThat(holding(judging, "none")).isEqualTo(holding(fresh, "none"));
      assertAlternation(judging.alerts());
    }
  }

  private static void round(Judging judging) {
    long visible = judging.fixture().visible();
    if (visible >= 0) {
      judging.head(visible);
    }
    judging.round();
  }

  private static Set<String> holding(Judging judging, String without) {
    return judging.alerts().stream().filter(each -> each.active().orElse(false))
        .filter(each -> !each.rule().toString().equals(without))
        .map(each -> each.rule() + " " + AlertSubject.of(each).key()).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Of each rule and subject: raised and recovered in turn; a withdrawal takes back the last one that stands. */
  private static void assertAlternation(List<AlertView> alerts) {
    Map<String, Deque<AlertView>> standing = new HashMap<>();
    Set<UUID> holding = alerts.stream().filter(each -> each.active().orElse(false)).map(AlertView::id)
        .collect(Collectors.toSet());
    for (AlertView each : alerts) {
      Deque<AlertView> before =
          standing.computeIfAbsent(each.rule() + " " + AlertSubject.of(each).key(), _ -> new ArrayDeque<>());
      switch (each.type()) {
        case RAISED -> {
          assertThat(before.isEmpty() || before.peek().about().isPresent()).as("raised once: %s", each).isTrue();
          before.push(each);
        }
        case RECOVERED -> {
          assertThat(before.peek()).isNotNull();
          assertThat(each.about()).hasValue(before.peek().id());
          before.push(each);
        }
        case WITHDRAWN -> assertThat(each.about()).hasValue(before.pop().id());
      }
    }
    Set<UUID> last = standing.values().stream().filter(each -> !each.isEmpty()).map(Deque::peek)
        .filter(each -> each.about().isEmpty()).map(AlertView::id).collect(Collectors.toSet());
    assertThat(last).isEqualTo(holding);
  }
}
