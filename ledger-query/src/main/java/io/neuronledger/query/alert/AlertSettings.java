package io.neuronledger.query.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of alerts. Environment: {@code NEURON_LEDGER_ALERTS_…}.
 *
 * @param interval how often the rules are judged, 100 milliseconds to 1 minute
 * @param wholeEvery how often all that they are about is looked at, 1 second to 1 hour
 * @param rulesMax the most rules, 1 to {@value #RULES_MAX}; the owners have at most half of them
 * @param rulesOfOwnerMax the most of one owner, 1 to {@value #RULES_MAX}
 * @param activeOfRuleMax the most alerts of a rule that hold at the same time, 1 to {@value #ACTIVE_MAX}
 */
public record AlertSettings(@DefaultValue("1s") Duration interval, @DefaultValue("1m") Duration wholeEvery,
    @DefaultValue("1000") int rulesMax, @DefaultValue("20") int rulesOfOwnerMax,
    @DefaultValue("10000") int activeOfRuleMax) {
  private static final int RULES_MAX = 10_000;
  private static final int ACTIVE_MAX = 100_000;

  /** @throws IllegalArgumentException naming the environment variable to change */
  public AlertSettings {
    require(interval.compareTo(Duration.ofMillis(100)) >= 0 && interval.compareTo(Duration.ofMinutes(1)) <= 0,
        "INTERVAL", "from 100 milliseconds to 1 minute", interval);
    require(wholeEvery.compareTo(Duration.ofSeconds(1)) >= 0 && wholeEvery.compareTo(Duration.ofHours(1)) <= 0,
        "WHOLE_EVERY", "from 1 second to 1 hour", wholeEvery);
    require(rulesMax >= 1 && rulesMax <= RULES_MAX, "RULES_MAX", "from 1 to " + RULES_MAX, rulesMax);
    require(rulesOfOwnerMax >= 1 && rulesOfOwnerMax <= RULES_MAX, "RULES_OF_OWNER_MAX", "from 1 to " + RULES_MAX,
        rulesOfOwnerMax);
    require(activeOfRuleMax >= 1 && activeOfRuleMax <= ACTIVE_MAX, "ACTIVE_OF_RULE_MAX", "from 1 to " + ACTIVE_MAX,
        activeOfRuleMax);
  }

  private static void require(boolean holds, String variable, String range, Object given) {
    if (!holds) {
      throw new IllegalArgumentException("NEURON_LEDGER_ALERTS_" + variable + " must be " + range + ", not " + given);
    }
  }
}
