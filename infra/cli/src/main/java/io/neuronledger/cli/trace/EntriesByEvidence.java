package io.neuronledger.cli.trace;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The number of journal entries by kind of evidence. */
record EntriesByEvidence(SortedMap<String, Integer> counts) {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** Counts all entries of these owners, read from the API. */
  static EntriesByEvidence of(LedgerApi ledger, Collection<WalletAddress> owners) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (WalletAddress owner : owners) {
      String path = "/v1/ledgers/" + owner + "/entries?limit=500";
      String cursor = "";
      do {
        LedgerApi.Answer answer = ledger.get(path + cursor);
        if (answer.statusCode() == NOT_FOUND) {
          break;   // never had a ledger
        }
        if (answer.statusCode() != OK) {
          throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
        }
        JsonNode page = JsonMapper.shared().readTree(answer.body());
        page.get("entries").forEach(entry ->
            counts.merge(entry.at("/evidence/kind").asString("time"), 1, Integer::sum));
        cursor = page.hasNonNull("next_cursor") ? "&cursor=" + page.get("next_cursor").asString() : "";
      } while (!cursor.isEmpty());
    }
    return new EntriesByEvidence(counts);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
