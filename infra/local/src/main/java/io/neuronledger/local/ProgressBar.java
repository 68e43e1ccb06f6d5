package io.neuronledger.local;

import java.util.Locale;
import java.util.OptionalLong;

/** One line that tells how far something is. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final int PERCENT = 100;

  private ProgressBar() {}

  /**
   * @param total 0 where nothing has been counted yet
   * @param remainingSeconds none while no rate is known
   */
  static String line(long done, long total, long perSecond, OptionalLong remainingSeconds) {
    long share = total == 0 ? 0 : Math.min(PERCENT, done * PERCENT / total);
    int filled = (int) (share * WIDTH / PERCENT);
    return String.format(Locale.ROOT, "[%s%s] %3d %%  %,d of %,d events  %,d/s%s", "#".repeat(filled),
        "-".repeat(WIDTH - filled), share, done, total, perSecond,
        remainingSeconds.isPresent() ? "  " + left(remainingSeconds.getAsLong()) : "");
  }

  private static String left(long seconds) {
    return seconds < 60 ? seconds + " s left" : seconds / 60 + " min " + seconds % 60 + " s left";
  }
}
