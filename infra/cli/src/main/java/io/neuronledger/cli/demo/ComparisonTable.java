package io.neuronledger.cli.demo;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.RefundAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Prints comparisons: per owner and sub-account, the ledger's number beside the contract's. */
final class ComparisonTable {
  private static final String ROW = "      %-34s %22s %22s  %s%n";
  private static final String PROVIDER_ROW = "      %-16s %9s %22s %22s %22s %22s  %s%n";
  private static final String QUOTE_ROW = "      %-16s %-18s %22s %22s %22s %22s  %s%n";

  private final PrintWriter out;
  private final Map<WalletAddress, String> names;

  /** @param names the display names of wallets */
  ComparisonTable(PrintWriter out, Map<WalletAddress, String> names) {
    this.out = out;
    this.names = names;
  }

  void balances(int number, Comparison step) {
    title(number, step);
    out.printf(ROW, "(amounts in 0G)", "ledger", "contract", "");
    for (int i = 0; i < step.expected().size(); i++) {
      print(step.expected().get(i), step.ledger().get(i), step.chain().get(i));
    }
    out.flush();
  }

  /** A step that changes no balance. */
  void providerRows(int number, Comparison step, Comparison.ProviderRows rows) {
    title(number, step);
    providerHead();
    for (int i = 0; i < rows.expected().size(); i++) {
      PeriodRow row = rows.ledger().get(i);
      providerRow(row, row.equals(rows.expected().get(i)) ? "=" : "≠ expected " + rows.expected().get(i));
    }
    out.flush();
  }

  /** A step that changes nothing. */
  void quotes(int number, Comparison step, Comparison.Quotes quotes) {
    title(number, step);
    out.printf(QUOTE_ROW, "(amounts in 0G)", "model", "input price", "output price", "quote", "fee reported", "");
    for (int i = 0; i < quotes.expected().size(); i++) {
      Comparison.QuotedRequest expected = quotes.expected().get(i);
      Comparison.QuotedRequest ledger = quotes.ledger().get(i);
      out.printf(QUOTE_ROW, names.getOrDefault(ledger.provider(), ledger.provider().toString()), ledger.model(),
          amount(ledger.inputPrice()), ledger.outputPrice().map(ComparisonTable::amount).orElse("-"),
          amount(ledger.fee()), amount(expected.fee()), ledger.equals(expected) ? "=" : "≠ expected " + expected);
    }
    out.flush();
  }

  /** Prints ledger-query's period report; {@link PeriodRow} verifies that each row balances. */
  void report(long block, List<PeriodRow> rows, String checksum) {
    out.printf("%nThe period report as of block %d: opening 0 + used - settled - written off = closing%n", block);
    providerHead();
    rows.forEach(row -> providerRow(row, "balanced"));
    out.printf("      %d rows, %s%n", rows.size(), checksum);
    out.flush();
  }

  private void providerHead() {
    out.printf(PROVIDER_ROW, "(amounts in 0G)", "requests", "used", "settled", "written off", "closing", "");
  }

  private void providerRow(PeriodRow row, String verdict) {
    String provider = names.getOrDefault(row.provider(), row.provider().toString());
    out.printf(PROVIDER_ROW, provider, row.requests(), amount(row.used()), amount(row.settled()),
        amount(row.writtenOff()), amount(row.closing()), verdict);
  }

  private void title(int number, Comparison step) {
    out.printf("%n%3d  %s%n     block %d · %s%n", number, step.name(), step.block(),
        step.equal() ? "equal" : "DIFFERENT");
  }

  private void print(OwnerAnswer expected, OwnerAnswer ledger, OwnerAnswer chain) {
    String owner = names.getOrDefault(expected.owner(), expected.owner().toString());
    row(owner, status(expected), status(ledger), status(chain));
    if (expected.open() || ledger.open() || chain.open()) {
      row("  available", expected.available(), ledger.available(), chain.available());
      row("  locked", expected.locked(), ledger.locked(), chain.locked());
      row("  total", expected.total(), ledger.total(), chain.total());
    }
    for (String subAccount : subAccounts(expected, ledger, chain)) {
      subAccount(subAccount, expected, ledger, chain);
    }
  }

  private void subAccount(String name, OwnerAnswer expected, OwnerAnswer ledger, OwnerAnswer chain) {
    List<Object> expectedLines = lines(name, expected);
    List<Object> ledgerLines = lines(name, ledger);
    List<Object> contractLines = lines(name, chain);
    List<String> labels = List.of("  " + name, "    acknowledged", "    pending refund");
    for (int i = 0; i < Math.max(expectedLines.size(), Math.max(ledgerLines.size(), contractLines.size())); i++) {
      String label = i < labels.size() ? labels.get(i) : "    refund " + (i - labels.size() + 1);
      row(label, at(expectedLines, i), at(ledgerLines, i), at(contractLines, i));
    }
  }

  private Set<String> subAccounts(OwnerAnswer... answers) {
    Set<String> found = new TreeSet<>();
    for (OwnerAnswer answer : answers) {
      answer.subAccounts().forEach(subAccount -> found.add(nameOf(subAccount)));
    }
    return found;
  }

  private List<Object> lines(String name, OwnerAnswer answer) {
    List<Object> lines = new ArrayList<>();
    for (SubAccountAnswer subAccount : answer.subAccounts()) {
      if (nameOf(subAccount).equals(name)) {
        lines.add(subAccount.balance());
        lines.add(subAccount.acknowledged() ? "yes" : "no");
        lines.add(subAccount.pendingRefund());
        lines.addAll(subAccount.refunds());
      }
    }
    return lines;
  }

  private String nameOf(SubAccountAnswer subAccount) {
    WalletAddress provider = subAccount.provider();
    return names.getOrDefault(provider, provider.toString()) + " " + subAccount.service();
  }

  /** Compares values: two refunds of one amount may differ in their time. */
  private void row(String label, Object expected, Object ledger, Object chain) {
    boolean equal = expected.equals(ledger) && ledger.equals(chain);
    out.printf(ROW, label, text(ledger), text(chain), equal ? "=" : "≠ expected " + text(expected));
  }

  private static String text(Object value) {
    return switch (value) {
      case Neuron amount -> amount(amount);
      case RefundAnswer refund -> amount(refund.amount()) + (refund.claimable() ? " claimable" : " waiting");
      default -> value.toString();
    };
  }

  private static Object at(List<Object> lines, int index) {
    return index < lines.size() ? lines.get(index) : "-";
  }

  private static String status(OwnerAnswer answer) {
    return answer.open() ? "open" : "closed";
  }

  private static String amount(NeuronSum amount) {
    String absolute = new Neuron(amount.value().abs()).toZeroG();
    return amount.sign() < 0 ? "-" + absolute : absolute;
  }

  private static String amount(Neuron amount) {
    return amount.toZeroG();
  }
}
