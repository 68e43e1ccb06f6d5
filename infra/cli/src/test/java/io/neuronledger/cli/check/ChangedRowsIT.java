package io.neuronledger.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The check names each stored row that was changed by SQL. */
class ChangedRowsIT {
  private static final DevWallet OWNER = DevWallet.funded(1);
  private static final DevWallet PROVIDER = DevWallet.funded(4);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StringWriter printed = new StringWriter();

  @Test
  void each_changed_row_is_named() throws SQLException {
    try (Anvil anvil = Anvil.start()) {
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), DevWallet.funded(0));
      contract.await(contract.deposit(OWNER, Neuron.ofZeroG("10")));
      contract.await(contract.transfer(OWNER, PROVIDER.address(), AccountLedgerContract.INFERENCE,
          Neuron.ofZeroG("4")));
      contract.await(contract.settle(PROVIDER, new Settlement(OWNER.address(), AccountLedgerContract.INFERENCE,
          Neuron.parse("40"), 1)));
      try (Stack stack = Stack.start(options(anvil, contract))) {
        // The same each time: with another time it would be another report of the same request.
        String report = report();
        await().atMost(PATIENCE).until(() -> stack.commandApi().post("/v1/usage", report).statusCode() == 200);
        await().atMost(PATIENCE).untilAsserted(() -> {
          assertThat(check(stack, anvil)).as(printed::toString).isZero();
          assertThat(printed.toString()).contains("1 rows for fee-price", "1 rows for settlement-entry");
        });
        try (Connection readModel = open(stack, "ledger_query"); Connection eventStore =
            open(stack, "ledger_command")) {
          readModel.setSchema(schemaOf(readModel, "settlement"));
          found(stack, anvil, readModel, "settlement SET amount = amount %s 1", "settlement: partition ");
          found(stack, anvil, readModel, "usage_hour SET fees = fees %s 1", "usage_hour: owner " + OWNER.address());
          found(stack, anvil, readModel, "usage_request SET fee = fee %s 1", "request r-1");
          found(stack, anvil, readModel, "usage_meter SET used = used %s 1", "usage_meter: owner " + OWNER.address());
          found(stack, anvil, readModel, "sub_account_state SET balance = balance %s 1",
              "inference-v1.0 with " + PROVIDER.address());
          change(readModel, "UPDATE sub_account_state SET acknowledged = NOT acknowledged");
          assertThat(check(stack, anvil)).isOne();
          assertThat(printed.toString()).contains("acknowledged\n    ledger    ");
          change(readModel, "UPDATE sub_account_state SET acknowledged = NOT acknowledged");

          change(eventStore, "ALTER TABLE account_event DISABLE TRIGGER ALL");
          change(eventStore, "DELETE FROM account_event WHERE stream = 'ledger:%s' AND sequence = 1"
              .formatted(OWNER.address()));
          assertThat(check(stack, anvil)).isOne();
          assertThat(printed.toString()).contains("account_event: partition ", "stream ledger:" + OWNER.address(),
              "stream-sequence\n    expected  event 1\n    found     event 2");
        }
      }
    }
  }

  /** Completed now: before the service was named it would be set apart. */
  private static String report() {
    return """
        {"request_id":"r-1","owner":"%s","provider":"%s","service":"inference-v1.0","model":"deepseek",
         "units":{"kind":"tokens","input":10,"cached_input":0,"output":5,"input_price":"2","cached_input_price":"1",
          "output_price":"4"},"fee":"40","when":"%s","source":"direct"}"""
        .formatted(OWNER.address(), PROVIDER.address(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** @param change SQL with a placeholder for plus, or for minus, which reverts it */
  private void found(Stack stack, Anvil anvil, Connection database, String change, String row) throws SQLException {
    change(database, "UPDATE " + change.formatted("+"));
    assertThat(check(stack, anvil)).as(printed::toString).isOne();
    assertThat(printed.toString()).contains("DIFFERENT: ", row);
    change(database, "UPDATE " + change.formatted("-"));
    assertThat(check(stack, anvil)).as(printed::toString).isZero();
  }

  private static void change(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection open(Stack stack, String database) throws SQLException {
    return stack.postgres().superuser().on(stack.postgres().jdbcUrl(database)).getConnection();
  }

  private static String schemaOf(Connection database, String table) throws SQLException {
    try (Statement statement = database.createStatement(); ResultSet found = statement.executeQuery(
        "SELECT table_schema FROM information_schema.tables WHERE table_name = '" + table + "'")) {
      assertThat(found.next()).isTrue();
      return found.getString(1);
    }
  }

  private static StackOptions options(Anvil anvil, AccountLedgerContract contract) {
    return new StackOptions(Optional.empty(),
        new ChainSource.ContractOn(AccountLedgerFamily.NAME, List.of(anvil.rpcUrl()), Optional.empty(),
            contract.address(),
            contract.startBlock(), List.of()), Ports.FREE, Map.of("neuron-ledger.follow.polling-interval", "PT0.1S"));
  }

  private int check(Stack stack, Anvil anvil) {
    printed.getBuffer().setLength(0);
    return new CommandLine(new Check()).setOut(new PrintWriter(printed)).execute("--url", stack.query().url(),
        "--command-url", stack.command().url(), "--rpc-url", anvil.rpcUrl());
  }
}
