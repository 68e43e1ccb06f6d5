package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a running ledger-query that could not process a record. */
class UnparkIT {
  private static final WalletAddress OWNER = WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  private static final WalletAddress OTHER = WalletAddress.parse("0x15d34aaf54267db7d7c367839aaf71a00a2c6a65");

  private final RunningQuery query = new RunningQuery();
  private final StringWriter out = new StringWriter();

  @AfterEach
  void stop() {
    query.close();
  }

  @Test
  void parked_records_are_replayed_once_they_can_be_processed() throws SQLException {
    query.publish(Optional.of(OWNER), deposit(5, 1));
    query.seal(1, 1);
    long poisoned = query.sayNonsense(OWNER);
    query.publish(Optional.of(OWNER), deposit(9, 2));
    query.seal(2, 2);
    assertThat(query.api().get("/v1/ledgers/" + OWNER).body()).contains("\"quarantined\":true", "\"available\":\"5\"");

    assertThat(run()).isEqualTo(1);
    assertThat(out.toString()).contains(OWNER.checksummed() + " is still parked at record " + poisoned);
    assertThat(run("--owner", OTHER.value())).isEqualTo(1);
    assertThat(out.toString()).contains("no parked records of this owner");

    // Simulates a new version of the service that can process the record: a deposit with a balance of 7.
    understand(poisoned, query.publish(Optional.of(OTHER), deposit(7, 3)));
    assertThat(run("--owner", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")).as(out.toString()).isZero();
    assertThat(out.toString()).contains(OWNER.checksummed() + " released, 2 records replayed");
    assertThat(query.api().get("/v1/ledgers/" + OWNER).body()).contains("\"quarantined\":false", "\"available\":\"9\"");
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("no parked records");
  }

  /** The same record, with the seq and the owner of the parked one. */
  private void understand(long seq, byte[] template) throws SQLException {
    String value = new String(template, StandardCharsets.UTF_8).replace(OTHER.value(), OWNER.value())
        .replaceFirst("\"seq\":\\d+", "\"seq\":" + seq);
    try (Connection connection = query.database(); PreparedStatement statement =
        connection.prepareStatement("UPDATE read_model.parked_record SET value = ? WHERE seq = ?")) {
      statement.setBytes(1, value.getBytes(StandardCharsets.UTF_8));
      statement.setLong(2, seq);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private static LedgerEvent deposit(long left, long block) {
    WalletAddress owner = block == 3 ? OTHER : OWNER;
    Neuron amount = Neuron.parse(String.valueOf(left));
    return new LedgerEvent.FundsDeposited(owner, owner, amount, false, new Balances(true, amount, Neuron.ZERO,
        Optional.empty()), Optional.empty(), new Cause(new ChainPosition(Math.min(block, 2), (int) left, 0), 0,
            new Hash("0x" + "0".repeat(64)), Instant.EPOCH, Optional.empty()));
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--url";
    all[1] = query.url();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new CommandLine(new Unpark()).setOut(new PrintWriter(out, true)).execute(all);
  }
}
