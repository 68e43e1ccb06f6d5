package io.neuronledger.wallet.read;

import io.neuronledger.client.query.api.BalancesApi.APIStatementRequest;
import io.neuronledger.client.query.model.Statement;
import io.neuronledger.client.query.model.StatementAccount;
import io.neuronledger.client.query.model.StatementBalance;
import io.neuronledger.client.query.model.StatementMovement;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import io.neuronledger.wallet.text.Table;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statement}. */
@Command(name = "statement", description = "A wallet's statement of a period: what it opened and closed with, what "
    + "moved in each sub-account, and every movement.")
public final class AccountStatement extends ReadCommand {
  private static final Map<String, String> FORMS = Map.of("csv", "text/csv", "pdf", "application/pdf");

  @Option(names = "--output", paramLabel = "FILE", description = "write it to this file instead, as CSV or PDF by its "
      + "ending, .csv or .pdf")
  private Optional<Path> file = Optional.empty();

  @Mixin
  private final OwnerOptions owner;

  @Mixin
  private final PeriodOptions period = new PeriodOptions();

  public AccountStatement(Surroundings surroundings) {
    super(surroundings);
    this.owner = new OwnerOptions(ledgerOptions());
  }

  @Override
  void read() {
    if (file.isPresent()) {
      write(file.get());
    } else {
      print();
    }
  }

  private void write(Path to) {
    String name = to.toString();
    String form = FORMS.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (form == null) {
      throw CommandFailure.refused("A statement is written as CSV or PDF: the file ends with .csv or .pdf, not " + name
          + ".");
    }
    List<String> query = new ArrayList<>();
    Optional.ofNullable(period.start()).ifPresent(day -> query.add("start_date=" + day));
    Optional.ofNullable(period.end()).ifPresent(day -> query.add("end_date=" + day));
    String path = "/v1/ledgers/" + owner.owner().checksummed() + "/statement";
    HttpResponse<byte[]> statement = ledger().ask(() -> ledger().client().stream(
        query.isEmpty() ? path : path + "?" + String.join("&", query),
        Map.of("Accept", form + ", application/problem+json"), BodyHandlers.ofByteArray()));
    String type = statement.headers().firstValue("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(form)) {
      throw CommandFailure.failed("The ledger answers " + (type.isEmpty() ? "without a type" : Printable.of(type))
          + " in place of " + form + ". Nothing was written.");
    }
    try {
      var _ = Files.write(to, statement.body());
    } catch (IOException e) {
      throw CommandFailure.failed("The file " + to + " cannot be written: " + e.getMessage() + ".", e);
    }
    output().note("Written: " + to);
  }

  private void print() {
    APIStatementRequest request = APIStatementRequest.newBuilder().owner(owner.owner().checksummed())
        .startDate(period.start()).endDate(period.end()).build();
    Statement statement = ledger().ask(() -> ledger().balances().statement(request));
    if (output().json()) {
      json(statement);
      return;
    }
    output().line("Statement of " + text(statement.getOwner()) + period.shown() + ", at "
        + asOf(statement.getAsOf()));
    output().table("Balances", balance(balance(new Table("", output().title("Available"), output().title("Locked"),
        output().title("Total")), "Opening", statement.getOpening()), "Closing", statement.getClosing()), "");
    Table accounts = new Table("Account", output().title("Opening"), output().title("Deposited"),
        output().title("Withdrawn"), output().title("Transferred"), output().title("Refunded"),
        output().title("Settled"), output().title("Adjusted"), output().title("Closing"));
    for (StatementAccount account : statement.getAccounts()) {
      accounts.row(account.getProvider() == null ? "Ledger"
          : text(account.getProvider()) + " " + text(account.getService()),
          amount(account.getOpening()), amount(account.getDeposited()), amount(account.getWithdrawn()),
          amount(account.getTransferred()), amount(account.getRefunded()), amount(account.getSettled()),
          amount(account.getAdjusted()), amount(account.getClosing()));
    }
    output().table("Accounts", accounts, "None.");
    Table movements =
        new Table("Time", "Block", "What", output().title("Amount"), "Provider", "Service", "Transaction");
    for (StatementMovement each : statement.getMovements()) {
      movements.row(time(each.getTime()), text(each.getBlock()), text(each.getType()), amount(each.getAmount()),
          text(each.getProvider()), text(each.getService()), text(each.getTransaction()));
    }
    output().table("Movements", movements, "None.");
  }

  private Table balance(Table table, String name, StatementBalance balance) {
    return table.row(name, amount(balance.getAvailable()), amount(balance.getLocked()), amount(balance.getTotal()));
  }
}
