package io.neuronledger.query.books.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs hledger, the accounting program. Without it the tests fail: they are the proof that others can read books. */
final class Hledger {
  private static final Pattern BALANCE = Pattern.compile("\"([^\"]+)\",\"(-?[0-9.]+)(?: \"\"0G\"\")?\"");
  private static final int DECIMALS = 18;

  private Hledger() {}

  /** What it says about a journal: nothing where all is right. */
  static String faults(Path journal) {
    return run(journal, "check", "--strict");
  }

  /** The balance of each account before a day, in neuron, without those of zero. */
  static Map<String, BigInteger> balances(Path journal, LocalDate before) {
    Map<String, BigInteger> balances = new TreeMap<>();
    String answer = run(journal, "balance", "--flat", "--no-total", "--ignore-assertions", "-e", before.toString(),
        "-O", "csv");
    assertThat(answer).startsWith("\"account\",\"balance\"\n");
    for (String line : answer.lines().skip(1).toList()) {
      Matcher balance = BALANCE.matcher(line);
      assertThat(balance.matches()).as(line).isTrue();
      balances.put(balance.group(1), new BigDecimal(balance.group(2)).movePointRight(DECIMALS).toBigIntegerExact());
    }
    return balances;
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
      throw new UncheckedIOException("hledger is needed, a package of Debian and Ubuntu: apt-get install hledger", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
