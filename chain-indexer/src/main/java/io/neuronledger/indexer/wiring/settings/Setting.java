package io.neuronledger.indexer.wiring.settings;

import java.time.Duration;

/** Checks settings; each failure names the environment variable. */
final class Setting {
  private Setting() {}

  static void require(boolean holds, String env, String rule, Object found) {
    if (!holds) {
      throw new StartRefused(env + " " + rule + "; it is: " + found);
    }
  }

  static void positive(Duration value, String env) {
    require(!value.isNegative() && !value.isZero(), env, "must be positive, like PT1S", value);
  }

  static void between(long value, long min, long max, String env) {
    require(value >= min && value <= max, env, "must be " + min + " to " + max, value);
  }
}
