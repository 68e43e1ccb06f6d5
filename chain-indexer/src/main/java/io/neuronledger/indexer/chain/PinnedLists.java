package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Paged lists of contracts, read together at one block: the first page of each in one request, the rest of all in few.
 * All pages are of the same block, so each entry appears exactly once. Used once.
 */
public final class PinnedLists {
  /** No list is longer: otherwise an answer with a huge total would be read page by page. */
  private static final int ENTRIES_MAX = 10_000_000;
  /** The answer of a call to an address without a contract. */
  private static final String NOTHING = "0x";

  private final PinnedCalls calls;
  private final List<Entries<?>> lists = new ArrayList<>();

  PinnedLists(PinnedCalls calls) {
    this.calls = calls;
  }

  /**
   * @param limit the most entries of a page
   * @param input the call's input by offset and limit
   * @return filled by {@link #read}
   */
  public <T> Entries<T> add(WalletAddress contract, int limit, PageInput input, Function<String, Page<T>> reader) {
    Entries<T> entries = new Entries<>(contract, limit, input, reader);
    lists.add(entries);
    return entries;
  }

  /** Fills every list; the list of a contract that does not exist yet stays empty. */
  public void read() {
    List<PinnedCalls.View> first = lists.stream().map(list -> list.page(0)).toList();
    List<String> answers = calls.answers(first);
    for (int i = 0; i < lists.size(); i++) {
      Entries<?> list = lists.get(i);
      if (!answers.get(i).equals(NOTHING) || calls.hasCode(list.contract)) {
        list.begin(answers.get(i));
      }
    }
    List<Entries<?>> continued = new ArrayList<>();
    List<PinnedCalls.View> rest = new ArrayList<>();
    for (Entries<?> list : lists) {
      for (int offset = list.limit; offset < list.total; offset += list.limit) {
        continued.add(list);
        rest.add(list.page(offset));
      }
    }
    List<String> more = calls.answers(rest);
    for (int i = 0; i < more.size(); i++) {
      continued.get(i).add(more.get(i));
    }
    lists.forEach(Entries::verify);
  }

  /** @param total the number of entries in the whole list */
  public record Page<T>(List<T> entries, int total) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** The input of a call for one page. */
  @FunctionalInterface
  public interface PageInput {
    String of(int offset, int limit);
  }

  /** The entries of one list, in the contract's order. */
  public final class Entries<T> {
    private final WalletAddress contract;
    private final int limit;
    private final PageInput input;
    private final Function<String, Page<T>> reader;
    private final List<T> read = new ArrayList<>();
    private int total;

    private Entries(WalletAddress contract, int limit, PageInput input, Function<String, Page<T>> reader) {
      this.contract = contract;
      this.limit = limit;
      this.input = input;
      this.reader = reader;
    }

    public List<T> all() {
      return List.copyOf(read);
    }

    private PinnedCalls.View page(int offset) {
      return new PinnedCalls.View(contract, input.of(offset, limit));
    }

    private void begin(String answer) {
      Page<T> first = calls.read(contract, answer, reader);
      if (first.entries().size() != Math.min(limit, first.total()) || first.total() > ENTRIES_MAX) {
        throw calls.inconsistent("lists " + first.entries().size() + " entries on the first page of " + first.total()
            + " of " + contract);
      }
      total = first.total();
      read.addAll(first.entries());
    }

    private void add(String answer) {
      read.addAll(calls.read(contract, answer, reader).entries());
    }

    private void verify() {
      if (read.size() != total) {
        throw calls.inconsistent("lists " + read.size() + " entries of " + total + " of " + contract);
      }
    }
  }
}
