package io.neuronledger.cli.books;

import static java.util.Objects.requireNonNull;

import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.servers.accounting.Hledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Has hledger add up the accounting journal of all owners, and compares every account at every UTC month's end, and at
 * the last block, with the ledger's balances by time and settlements, and with the contract's state at that block.
 */
public final class BooksComparison {
  private final LedgerApi ledger;
  private final ContractAnswers contract;
  private final List<WalletAddress> owners;
  private final List<String> mismatches = new ArrayList<>();
  private long comparisons;
  private int months;

  private BooksComparison(LedgerApi ledger, ContractAnswers contract, List<WalletAddress> owners) {
    this.ledger = ledger;
    this.contract = contract;
    this.owners = List.copyOf(owners);
  }

  /**
   * The result of a comparison.
   *
   * @param months the number of months that were over at the last block, each compared at its end
   * @param comparisons the number of compared balances, zeros left out
   * @param mismatches hledger's own findings, and each different balance with block and account
   */
  public record Result(int months, long comparisons, List<String> mismatches) {
    public Result {
      mismatches = List.copyOf(mismatches);
    }

    /** Of a run that left hledger out. */
    public static Result none() {
      return new Result(0, 0, List.of());
    }
  }

  /** What an owner has paid to a provider. */
  private record Settled(long block, SubAccountId id, BigInteger amount) {}

  /**
   * Compares the books of these owners.
   *
   * @param owners all wallets that may have a ledger
   * @param blocks the chain, from the contract's deployment to its head
   */
  public static Result of(LedgerApi ledger, ContractAnswers contract, List<WalletAddress> owners,
      List<BlockHeader> blocks) {
    BooksComparison comparison = new BooksComparison(ledger, contract, owners);
    comparison.compare(blocks);
    return new Result(comparison.months, comparison.comparisons, comparison.mismatches);
  }

  private void compare(List<BlockHeader> blocks) {
    BlockHeader head = blocks.getLast();
    SortedMap<YearMonth, Map<String, BigInteger>> books = books(head);
    List<Settled> settled = settled(head);
    NavigableMap<YearMonth, BlockHeader> lastBlocks = new TreeMap<>();
    blocks.forEach(each -> lastBlocks.put(monthOf(each), each));
    for (YearMonth month = lastBlocks.firstKey(); month.isBefore(monthOf(head)); month = month.plusMonths(1)) {
      BlockHeader block = requireNonNull(lastBlocks.floorEntry(month)).getValue();
      Instant lastSecond = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
      Map<String, BigInteger> added = balances(books, month);
      compare("the ledger at " + lastSecond, block, added, settled,
          owners.stream().map(each -> ledger.ownerAt(each, lastSecond, block)));
      compareWithContract(block, added, settled);
      months++;
    }
    Map<String, BigInteger> added = balances(books, monthOf(head));
    compare("the ledger", head, added, settled, owners.stream().map(each -> ledger.ownerAt(each, head)));
    compareWithContract(head, added, settled);
  }

  private void compareWithContract(BlockHeader block, Map<String, BigInteger> added, List<Settled> settled) {
    compare("the contract", block, added, settled, owners.stream().map(each -> contract.ownerAt(each, block)));
  }

  private SortedMap<YearMonth, Map<String, BigInteger>> books(BlockHeader head) {
    try {
      Path journal = Files.createTempFile("books", ".journal");
      try {
        Files.writeString(journal, ledger.journalAt(head));
        String faults = Hledger.faults(journal);
        if (!faults.isEmpty()) {
          mismatches.add("block %d: hledger says%n%s".formatted(head.number(), faults));
        }
        return Hledger.balances(journal);
      } finally {
        Files.delete(journal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a journal", e);
    }
  }

  /** Of a month in which nothing was booked, those of the month before. */
  private static Map<String, BigInteger> balances(SortedMap<YearMonth, Map<String, BigInteger>> books,
      YearMonth month) {
    SortedMap<YearMonth, Map<String, BigInteger>> until = books.headMap(month.plusMonths(1));
    return until.isEmpty() ? Map.of() : requireNonNull(until.lastEntry()).getValue();
  }

  private List<Settled> settled(BlockHeader head) {
    List<Settled> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      JsonNode page = ledger.settlementsAt(head, cursor);
      page.path("settlements").forEach(each -> all.add(new Settled(each.at("/position/block").asLong(),
          new SubAccountId(WalletAddress.parse(each.path("owner").asString()),
              WalletAddress.parse(each.path("provider").asString()), ServiceName.of(each.path("service").asString())),
          Neuron.parse(each.path("amount").asString()).value())));
      cursor = page.path("next_cursor").asStringOpt();
    } while (cursor.isPresent());
    return all;
  }

  /** The names of accounts are those of docs/books.md. The services of the dev chain need no encoding. */
  private void compare(String source, BlockHeader block, Map<String, BigInteger> added, List<Settled> settled,
      Stream<OwnerAnswer> answers) {
    SortedMap<String, BigInteger> expected = new TreeMap<>();
    answers.forEach(each -> add(each, expected));
    settled.stream().filter(each -> each.block() <= block.number()).forEach(each -> {
      expected.merge("expenses:" + account(each.id()), each.amount(), BigInteger::add);
      expected.merge(outside(each.id().owner()), each.amount().negate(), BigInteger::add);
    });
    expected.values().removeIf(amount -> amount.signum() == 0);
    SortedMap<String, BigInteger> found = new TreeMap<>(added);
    TreeSet<String> accounts = new TreeSet<>(expected.keySet());
    accounts.addAll(found.keySet());
    for (String account : accounts) {
      comparisons++;
      BigInteger theirs = found.getOrDefault(account, BigInteger.ZERO);
      BigInteger ours = expected.getOrDefault(account, BigInteger.ZERO);
      if (!theirs.equals(ours)) {
        mismatches.add("block %d (%s), %s:%n  hledger %s%n  %s %s".formatted(block.number(), block.time(), account,
            theirs, source, ours));
      }
    }
  }

  private static void add(OwnerAnswer answer, Map<String, BigInteger> expected) {
    expected.put("assets:" + owner(answer.owner()) + ":available", answer.available().value());
    for (SubAccountAnswer each : answer.subAccounts()) {
      String account = "assets:" + account(new SubAccountId(answer.owner(), each.provider(), each.service()));
      expected.put(account + ":free", each.balance().value().subtract(each.pendingRefund().value()));
      expected.put(account + ":pending-refund", each.pendingRefund().value());
    }
    expected.merge(outside(answer.owner()), answer.total().value().negate(), BigInteger::add);
  }

  private static String outside(WalletAddress owner) {
    return "equity:" + owner(owner) + ":outside";
  }

  private static String account(SubAccountId id) {
    return owner(id.owner()) + ":provider:" + id.provider().checksummed() + ":" + id.service();
  }

  private static String owner(WalletAddress owner) {
    return "owner:" + owner.checksummed();
  }

  private static YearMonth monthOf(BlockHeader block) {
    return YearMonth.from(block.time().atZone(ZoneOffset.UTC));
  }
}
