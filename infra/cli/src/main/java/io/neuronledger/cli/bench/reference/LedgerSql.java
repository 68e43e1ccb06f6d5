package io.neuronledger.cli.bench.reference;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.servers.database.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The SQL of {@code GET /v1/ledgers/{owner}/sub-accounts} by pgbench: the owner's read point and the newest state of
 * each open sub-account, in one transaction of prepared statements.
 */
public final class LedgerSql {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String SCRIPT = """
      \\set n random(1, OWNERS)
      BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
      SELECT p.sealed_seq, b.block AS as_of, b.block_hash, b.block_time, y.finalized_block, q.cap_seq
        FROM bench_owner o JOIN read_model.partition p ON p.partition = o.partition
        CROSS JOIN read_model.blocks_position y
        LEFT JOIN read_model.quarantine q ON q.owner = o.owner CROSS JOIN LATERAL (
        SELECT * FROM read_model.block WHERE block = coalesce(
          (SELECT n.block - 1 FROM read_model.block_next n WHERE n.partition = p.partition AND n.next_seq > p.chain_next
          ORDER BY n.next_seq LIMIT 1), y.newest_block)) b WHERE o.n = :n \\gset
      SELECT a.provider, a.service, s.balance, s.pending_refund, s.acknowledged, s.refunds, t.lock_seconds, m.used,
          l.reach_settled, l.reach_written_off
        FROM bench_owner o JOIN read_model.partition p ON p.partition = o.partition
        JOIN read_model.sub_account a ON a.owner = o.owner CROSS JOIN LATERAL (
        SELECT * FROM read_model.sub_account_state WHERE owner = a.owner AND provider = a.provider
          AND service = a.service AND block <= :as_of AND mark_seq < p.sealed_seq
          ORDER BY block DESC, mark_seq DESC LIMIT 1) s LEFT JOIN LATERAL (
        SELECT lock_seconds FROM read_model.service_terms WHERE partition = o.partition AND service = a.service
          AND block <= :as_of ORDER BY block DESC LIMIT 1) t ON true
        LEFT JOIN read_model.usage_meter m ON m.owner = a.owner AND m.provider = a.provider AND m.service = a.service
        LEFT JOIN LATERAL (
        SELECT reach_settled, reach_written_off FROM read_model.settlement WHERE owner = m.owner
          AND provider = m.provider AND service = m.service AND NOT retracted AND state IS NOT NULL
          AND block <= :as_of AND seq < p.sealed_seq
          ORDER BY block DESC, transaction_index DESC, step DESC LIMIT 1) l ON true
        WHERE o.n = :n AND s.open ORDER BY a.service, a.provider;
      COMMIT;
      """;

  private final Path pgbench;
  private final String url;
  private final Login role;
  private final Path script;

  private LedgerSql(Path pgbench, String url, Login role, Path script) {
    this.pgbench = pgbench;
    this.url = url;
    this.role = role;
    this.script = script;
  }

  /**
   * Stores the owners beside the read model, and the script in a folder.
   *
   * @param url the JDBC URL of the read model's database
   * @param role that reads
   * @return empty where there is no pgbench on the PATH or in Debian's folders
   */
  public static Optional<LedgerSql> prepare(DataSource readModel, String url, Login role,
      List<WalletAddress> owners, Path folder) throws SQLException, IOException {
    Optional<Path> pgbench = find();
    if (pgbench.isPresent()) {
      store(owners, readModel);
      Files.writeString(folder.resolve("ledger.sql"), SCRIPT.replace("OWNERS", String.valueOf(owners.size())));
    }
    return pgbench.map(found -> new LedgerSql(found, url, role, folder.resolve("ledger.sql")));
  }

  private static Optional<Path> find() throws IOException {
    String path = System.getenv().getOrDefault("PATH", "");
    Optional<Path> onPath = Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, "pgbench"))
        .filter(Files::isExecutable).findFirst();
    if (onPath.isPresent() || !Files.isDirectory(DEBIAN)) {
      return onPath;
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions.map(version -> version.resolve("bin/pgbench")).filter(Files::isExecutable)
          .max(Comparator.naturalOrder());
    }
  }

  private static void store(List<WalletAddress> owners, DataSource readModel) throws SQLException {
    try (Connection connection = readModel.getConnection(); Statement create = connection.createStatement()) {
      create.execute("DROP TABLE IF EXISTS bench_owner");
      create.execute(
          "CREATE TABLE bench_owner (n INTEGER PRIMARY KEY, owner BYTEA NOT NULL, partition INTEGER NOT NULL)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO bench_owner VALUES (?, ?, ?)")) {
        for (int i = 0; i < owners.size(); i++) {
          insert.setInt(1, i + 1);
          insert.setBytes(2, owners.get(i).bytes());
          insert.setInt(3, Partitions.DEFAULT.of(owners.get(i)));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      create.execute("ANALYZE bench_owner");
    }
  }

  /** @return reads per second */
  public double perSecond(int clients, int reads) {
    ProcessBuilder builder = new ProcessBuilder(pgbench.toString(), "-n", "-M", "prepared", "-c",
        String.valueOf(clients), "-j", String.valueOf(Math.min(2, clients)), "-t",
        String.valueOf(Math.ceilDiv(reads, clients)), "-f", script.toString(), "-U", role.user(),
        url.substring("jdbc:".length())).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", role.password());
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher rate = RATE.matcher(output);
      if (process.waitFor() != 0 || !rate.find()) {
        throw new IllegalStateException("pgbench fails: " + output);
      }
      return Double.parseDouble(rate.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + pgbench, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
