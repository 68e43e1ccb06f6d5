package io.neuronledger.query.books.journal;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.books.BookEntries.BookEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plain-text accounting journal in the format of hledger: a transaction for each entry, and the balances of an
 * owner's accounts at the end of each UTC month in which it has entries. Holds the accounts of one owner at a time.
 */
final class Journal {
  /** A commodity with a digit in its name is quoted. The format says how amounts are shown: all digits. */
  private static final String COMMODITY = " \"0G\"";
  private static final int DECIMALS = 18;
  private static final String ZERO = amount(BigInteger.ZERO);

  private final OutputStream out;
  private final AsOf asOf;
  private final Set<Account> declared = new HashSet<>();
  private @Nullable OwnerBook book;
  private @Nullable BookEntry last;
  private long transactions;

  /** @param title what the first line says */
  Journal(OutputStream out, String title, AsOf asOf) {
    this.out = out;
    this.asOf = asOf;
    write("; " + title);
    write("; as of block " + asOf.block() + ", " + asOf.blockHash() + ", " + asOf.blockTime());
    write("decimal-mark .");
    write("commodity 1000." + "0".repeat(DECIMALS) + COMMODITY);
  }

  /** Entries come owner by owner, each owner's in order. */
  void add(BookEntry entry) {
    OwnerBook of = bookOf(entry);
    List<OwnerBook.Line> lines = of.add(entry.event());
    lines.forEach(line -> declare(line.account()));
    List<String> tags = new ArrayList<>(List.of("block:" + entry.block(), "time:" + entry.time()));
    entry.transaction().ifPresent(hash -> tags.add("transaction:" + hash));
    tags.add("evidence:" + entry.evidence().orElse("none"));
    write("");
    write(entry.time().atZone(ZoneOffset.UTC).toLocalDate() + " (" + entry.id() + ") " + entry.type() + "  ; "
        + String.join(", ", tags));
    lines.forEach(line -> write("    " + line.account().name() + "  " + amount(line.amount())));
    transactions++;
    last = entry;
  }

  /** Writes the last balances. */
  void end() {
    balances();
  }

  /** The entries that were written. */
  long transactions() {
    return transactions;
  }

  private OwnerBook bookOf(BookEntry entry) {
    BookEntry before = last;
    OwnerBook current = book;
    if (before != null && current != null && before.owner().equals(entry.owner())) {
      if (monthOf(entry).isAfter(monthOf(before))) {
        balances();
      }
      return current;
    }
    balances();
    declared.clear();
    last = null;
    OwnerBook next = new OwnerBook(entry.owner());
    book = next;
    return next;
  }

  private static YearMonth monthOf(BookEntry entry) {
    return YearMonth.from(entry.time().atZone(ZoneOffset.UTC));
  }

  /** At the end of the month of the last entry, or at the answer's block, whichever is earlier. */
  private void balances() {
    BookEntry before = last;
    OwnerBook current = book;
    if (before == null || current == null) {
      return;
    }
    LocalDate today = asOf.blockTime().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate day = monthOf(before).atEndOfMonth();
    boolean isOver = day.isBefore(today);
    current.balances().keySet().forEach(this::declare);
    write("");
    write((isOver ? day : today) + " balances of " + before.owner().checksummed()
        + (isOver ? " at the end of " + monthOf(before) : " at block " + asOf.block()));
    current.balances().forEach((account, balance) ->
        write("    " + account.name() + "  " + ZERO + " = " + amount(balance)));
  }

  /** hledger checks on demand that every account is declared: a name that was mistyped by hand is then found. */
  private void declare(Account account) {
    if (declared.add(account)) {
      write("");
      write("account " + account.name());
    }
  }

  private static String amount(BigInteger neuron) {
    return new BigDecimal(neuron, DECIMALS).toPlainString() + COMMODITY;
  }

  private void write(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The title of one owner's journal, or of that of all. */
  static String title(Optional<WalletAddress> owner, boolean quarantined) {
    return "the books of " + owner.map(WalletAddress::checksummed).orElse("all owners")
        + (quarantined ? ", which are in quarantine and no longer move" : "");
  }
}
