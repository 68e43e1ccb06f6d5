package io.neuronledger.query.export.job;

import io.neuronledger.query.export.ExportLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of exports.
 *
 * @param folder where they are kept; empty: {@code neuron-ledger-exports} in {@code java.io.tmpdir}. Instances that
 *     share it answer for each other's exports
 * @param keptFor how long after it was asked for, {@value #KEPT_MIN_MINUTES} minute to {@value #KEPT_MAX_DAYS} days
 * @param keptMax the most exports in the folder, open ones too, 1 to {@value #COUNT_MAX}
 * @param keptOfCallerMax the most of one caller, 1 to {@value #COUNT_MAX}
 * @param bytesMax the most bytes of one export, {@value #BYTES_MIN_KB} kB to {@value #BYTES_MAX_GB} GB
 * @param freeMin how much stays free on the disk of the folder, 0 to {@value #BYTES_MAX_GB} GB
 * @param deadline how long one export may be written, 1 second to {@value #DEADLINE_MAX_HOURS} hours
 */
public record ExportSettings(Optional<String> folder, @DefaultValue("24h") Duration keptFor,
    @DefaultValue("200") int keptMax, @DefaultValue("20") int keptOfCallerMax, @DefaultValue("4GB") DataSize bytesMax,
    @DefaultValue("1GB") DataSize freeMin, @DefaultValue("30m") Duration deadline) {
  private static final int KEPT_MIN_MINUTES = 1;
  private static final int KEPT_MAX_DAYS = 90;
  private static final int COUNT_MAX = 10_000;
  private static final int BYTES_MIN_KB = 1;
  private static final int BYTES_MAX_GB = 1_024;
  private static final int DEADLINE_MAX_HOURS = 12;

  public ExportSettings {
    folder = folder.filter(name -> !name.isBlank());
    require(keptFor.compareTo(Duration.ofMinutes(KEPT_MIN_MINUTES)) >= 0
        && keptFor.compareTo(Duration.ofDays(KEPT_MAX_DAYS)) <= 0, "KEPT_FOR", "from 1 minute to 90 days", keptFor);
    require(keptMax >= 1 && keptMax <= COUNT_MAX, "KEPT_MAX", "from 1 to 10000", keptMax);
    require(keptOfCallerMax >= 1 && keptOfCallerMax <= COUNT_MAX, "KEPT_OF_CALLER_MAX", "from 1 to 10000",
        keptOfCallerMax);
    require(bytesMax.compareTo(DataSize.ofKilobytes(BYTES_MIN_KB)) >= 0
        && bytesMax.compareTo(DataSize.ofGigabytes(BYTES_MAX_GB)) <= 0, "BYTES_MAX", "from 1KB to 1024GB", bytesMax);
    require(!freeMin.isNegative() && freeMin.compareTo(DataSize.ofGigabytes(BYTES_MAX_GB)) <= 0, "FREE_MIN",
        "from 0 to 1024GB", freeMin);
    require(deadline.compareTo(Duration.ofSeconds(1)) >= 0
        && deadline.compareTo(Duration.ofHours(DEADLINE_MAX_HOURS)) <= 0, "DEADLINE", "from 1 second to 12 hours",
        deadline);
  }

  private static void require(boolean holds, String variable, String range, Object given) {
    if (!holds) {
      throw new IllegalArgumentException("NEURON_LEDGER_EXPORTS_" + variable + " must be " + range + ", not " + given);
    }
  }

  /** Those of each file, also of an answer that is written before it is sent. */
  public ExportLimits limits() {
    return new ExportLimits(bytesMax, freeMin);
  }

  Path path() {
    return folder.map(Path::of).orElseGet(() -> Path.of(
        Objects.requireNonNull(System.getProperty("java.io.tmpdir")), "neuron-ledger-exports"));
  }
}
