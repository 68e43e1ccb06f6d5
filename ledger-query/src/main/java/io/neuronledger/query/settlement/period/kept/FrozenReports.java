package io.neuronledger.query.settlement.period.kept;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.period.FrozenReportAnswer;
import io.neuronledger.contracts.view.settlement.PeriodAdjustment;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.types.HashConverter;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * The kept reports: their bytes, and what each adds to those before it. They are beside the generations of the read
 * model, so that no rebuild touches them, and are only ever added.
 */
public final class FrozenReports {
  private static final int PART_BYTES = 1 << 20;
  private static final int LINES_OF_BATCH = 1_000;

  private final String beside;

  /** @param beside the schema beside the generations, as SQL */
  public FrozenReports(String beside) {
    this.beside = beside;
  }

  /** The schema beside the generations, as SQL. */
  public String beside() {
    return beside;
  }

  /** A kept report, with the number under which its parts are. */
  public record Kept(UUID report, FrozenReportAnswer answer) {}

  public Optional<Kept> find(AccountingPeriod period, ReportHash hash, DSLContext db) {
    return db.fetch("SELECT * FROM " + beside + ".period_report WHERE hash = {0} AND period = {1}",
        val(hash.value()), val(period.toString())).stream().map(FrozenReports::kept).findFirst();
  }

  public int count(AccountingPeriod period, DSLContext db) {
    return db.fetchCount(DSL.table(beside + ".period_report"), DSL.condition("period = {0}", val(period.toString())));
  }

  /** All of them, oldest first. */
  public List<Kept> all(DSLContext db) {
    return db.fetch("SELECT * FROM " + beside + ".period_report ORDER BY frozen_at, hash").stream()
        .map(FrozenReports::kept).toList();
  }

  /**
   * The numbers of those of the reports that are kept, by period. One with another period, block or position than the
   * kept bytes is not kept, whatever hash it names.
   */
  public SortedMap<AccountingPeriod, UUID> numbers(SortedMap<AccountingPeriod, FrozenReport> reports, DSLContext db) {
    SortedMap<AccountingPeriod, UUID> numbers = new TreeMap<>();
    String[] hashes = reports.values().stream().map(report -> report.hash().value()).toArray(String[]::new);
    db.fetch("SELECT * FROM " + beside + ".period_report WHERE hash = ANY ({0}::text[])", val(hashes)).stream()
        .map(FrozenReports::kept)
        .filter(found -> found.answer().report().equals(reports.get(found.answer().period())))
        .forEach(found -> numbers.put(found.answer().period(), found.report()));
    return numbers;
  }

  /** The bytes of a report, in parts. */
  public void read(UUID report, DSLContext db, Consumer<byte[]> each) {
    try (Stream<Record> parts = db.resultQuery("SELECT bytes FROM " + beside
        + ".period_report_part WHERE report = {0} ORDER BY part", val(report)).fetchSize(1).fetchStream()) {
      parts.forEach(row -> each.accept(row.get("bytes", byte[].class)));
    }
  }

  /** Adds the report, whose parts and lines are added in the same transaction. */
  public void add(UUID number, FrozenReportAnswer frozen, DSLContext db) {
    FrozenReport report = frozen.report();
    db.execute("INSERT INTO " + beside + ".period_report (report, hash, period, previous, block, block_hash,"
            + " block_time, finalized, positions, frozen_by, frozen_at)"
            + " VALUES ({0}, {1}, {2}, {3}::text, {4}, {5}, {6}, {7}, {8}::bigint[], {9}, {10})",
        val(number), val(report.hash().value()), val(frozen.period().toString()),
        val(report.previous().map(ReportHash::value).orElse(null), String.class), val(report.block()),
        val(new HashConverter().to(report.blockHash())),
        val(report.blockTime().atOffset(ZoneOffset.UTC)), val(report.finalized()),
        val(report.positions().toArray(Long[]::new)), val(frozen.frozenBy()),
        val(frozen.frozenAt().atOffset(ZoneOffset.UTC)));
  }

  /** Receives the bytes of a report. */
  public OutputStream parts(UUID number, DSLContext db) {
    return new BufferedOutputStream(new Parts(number, db), PART_BYTES);
  }

  /** Each write of the buffer around it is a part; one larger than the buffer is written through. */
  private final class Parts extends OutputStream {
    private final UUID number;
    private final DSLContext db;
    private int part;

    private Parts(UUID number, DSLContext db) {
      this.number = number;
      this.db = db;
    }

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      db.execute("INSERT INTO " + beside + ".period_report_part (report, part, bytes) VALUES ({0}, {1}, {2})",
          val(number), val(part++), val(Arrays.copyOfRange(bytes, from, from + length)));
    }
  }

  /** Adds lines in batches; the last one is written when it is closed. */
  public Lines lines(UUID number, DSLContext db) {
    return new Lines(number, db);
  }

  /** What a report adds to those before it. */
  public final class Lines implements AutoCloseable {
    private final UUID number;
    private final DSLContext db;
    private final List<Object[]> batch = new ArrayList<>();

    private Lines(UUID number, DSLContext db) {
      this.number = number;
      this.db = db;
    }

    /** Of the report's own period; {@code row} is of a sub-account. */
    public void add(AccountingPeriod period, PeriodRow row) {
      add(period, row.provider(), row.owner(), row.service(), row.opening(), row.used(),
          row.unverifiedUsed(), row.requests(), row.settled(), row.writtenOff(), row.settlements());
    }

    /** Of an earlier period; {@code line} is of a sub-account. */
    public void add(PeriodAdjustment line) {
      add(line.period(), line.provider(), line.owner(), line.service(), NeuronSum.ZERO, line.used(),
          line.unverifiedUsed(), line.requests(), line.settled(), line.writtenOff(), line.settlements());
    }

    private void add(AccountingPeriod period, WalletAddress provider, Optional<WalletAddress> owner,
        Optional<ServiceName> service, NeuronSum opening, NeuronSum used, NeuronSum unverifiedUsed,
        long requests, NeuronSum settled, NeuronSum writtenOff, long settlements) {
      batch.add(new Object[] {number, period.toString(), provider.bytes(), owner.orElseThrow().bytes(),
          service.orElseThrow().value(), new BigDecimal(opening.value()), new BigDecimal(used.value()),
          new BigDecimal(unverifiedUsed.value()), requests, new BigDecimal(settled.value()),
          new BigDecimal(writtenOff.value()), settlements});
      if (batch.size() == LINES_OF_BATCH) {
        close();
      }
    }

    @Override
    public void close() {
      if (!batch.isEmpty()) {
        db.connection(connection -> {
          try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + beside
              + ".period_report_line (report, period, provider, owner, service, opening, used, unverified_used,"
              + " requests, settled, written_off, settlements) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Object[] line : batch) {
              for (int i = 0; i < line.length; i++) {
                insert.setObject(i + 1, line[i]);
              }
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
        batch.clear();
      }
    }
  }

  private static Kept kept(Record row) {
    FrozenReport report = new FrozenReport(new ReportHash(row.get("hash", String.class)),
        Optional.ofNullable(row.get("previous", String.class)).map(ReportHash::new), row.get("block", Long.class),
        Hash.of(row.get("block_hash", byte[].class)), row.get("block_time", Instant.class),
        row.get("finalized", Boolean.class), List.of(row.get("positions", Long[].class)));
    return new Kept(row.get("report", UUID.class), new FrozenReportAnswer(
        AccountingPeriod.parse(row.get("period", String.class)), report, row.get("frozen_by", String.class),
        row.get("frozen_at", Instant.class)));
  }
}
