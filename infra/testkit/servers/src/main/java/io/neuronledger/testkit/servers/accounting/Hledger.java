package io.neuronledger.testkit.servers.accounting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs hledger, an accounting program, on a journal. It comes with the operating system, not with the build. */
public final class Hledger {
  /** What to do where it is missing, in one sentence. */
  public static final String MISSING =
      "hledger is needed, a package of Debian and Ubuntu: apt-get install hledger";

  private static final Pattern CELL = Pattern.compile("\"((?:[^\"]|\"\")*)\"");
  /** hledger leaves the commodity of a zero out. */
  private static final Pattern AMOUNT = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)(?: \"\"0G\"\")?");
  /** Of a month's heading, which some versions write as its last day. */
  private static final int MONTH_LENGTH = 7;
  /** The heading of a journal without a transaction. */
  private static final String NO_MONTH = "..";
  private static final int DECIMALS = 18;

  private Hledger() {}

  /** Whether this machine has it. */
  public static boolean isInstalled() {
    try {
      return new ProcessBuilder("hledger", "--version").redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Checks a journal strictly: every transaction balances, every account is declared, every assertion holds.
   *
   * @return the faults, as hledger words them; empty where there are none
   */
  public static String faults(Path journal) {
    return run(journal, "check", "--strict");
  }

  /**
   * Adds a journal up, without regard to its assertions.
   *
   * @return the balance of each account at the end of each UTC month, from the first transaction's to the last one's,
   *     in neuron, without balances of zero; empty for a journal without a transaction
   */
  public static SortedMap<YearMonth, Map<String, BigInteger>> balances(Path journal) {
    List<List<String>> rows = run(journal, "balance", "--flat", "--no-total", "--ignore-assertions", "--monthly",
        "--historical", "-O", "csv").lines().map(Hledger::cells).toList();
    if (rows.isEmpty() || rows.getFirst().isEmpty() || !rows.getFirst().getFirst().equals("account")) {
      throw new IllegalStateException("hledger answers without a table: " + rows);
    }
    SortedMap<YearMonth, Map<String, BigInteger>> balances = new TreeMap<>();
    for (int column = 1; column < rows.getFirst().size(); column++) {
      String heading = rows.getFirst().get(column);
      if (heading.equals(NO_MONTH)) {
        continue;
      }
      Map<String, BigInteger> month = new TreeMap<>();
      for (List<String> row : rows.subList(1, rows.size())) {
        BigInteger balance = neuron(row.get(column));
        if (balance.signum() != 0) {
          month.put(row.getFirst(), balance);
        }
      }
      balances.put(YearMonth.parse(heading.substring(0, MONTH_LENGTH)), month);
    }
    return balances;
  }

  /** The cells of a line, with their quotes still doubled. */
  private static List<String> cells(String line) {
    return CELL.matcher(line).results().map(found -> found.group(1)).toList();
  }

  private static BigInteger neuron(String cell) {
    Matcher amount = AMOUNT.matcher(cell);
    if (!amount.matches()) {
      throw new IllegalStateException("not an amount of 0G: " + cell);
    }
    return new BigDecimal(amount.group(1)).movePointRight(DECIMALS).toBigIntegerExact();
  }

  private static String run(Path journal, String... arguments) {
    List<String> command = new ArrayList<>(List.of("hledger", "-f", journal.toString()));
    command.addAll(List.of(arguments));
    try {
      Path answer = Files.createTempFile("hledger", ".txt");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(answer.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        int code = builder.start().waitFor();
        String text = Files.readString(answer, StandardCharsets.UTF_8);
        return code == 0 || !text.isEmpty() ? text : "hledger ended with " + code;
      } finally {
        Files.delete(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(MISSING, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
