package io.neuronledger.query.audit;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which entries changed an owner's balances? */
@RestController
class EntryController {
  private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");
  private static final String LIMIT_DEFAULT = "50";
  private static final int LIMIT_MAX = 500;

  private final OwnerReads reads;
  private final EntryQueries queries;

  EntryController(OwnerReads reads, JsonMapper json) {
    this.reads = reads;
    this.queries = new EntryQueries(json);
  }

  @TakesUnit
  @GetMapping(path = "/v1/ledgers/{owner}/entries", produces = MediaType.APPLICATION_JSON_VALUE)
  EntriesPage entries(@PathVariable WalletAddress owner, @RequestParam Optional<String> limit,
      @RequestParam Optional<String> cursor, @Newest BlockSelector selector) {
    int pageSize = pageSize(limit.orElse(LIMIT_DEFAULT));
    Optional<Cursor> after = cursor.map(text -> Cursor.parse(text, owner));
    return reads.answer(owner, selector, (at, db) -> queries.entries(owner, pageSize, after, at, db));
  }

  private static int pageSize(String limit) {
    if (!LIMIT.matcher(limit).matches() || Integer.parseInt(limit) > LIMIT_MAX) {
      throw Refusal.parameter(ProblemCode.BAD_LIMIT, "limit", "limit is a whole number, 1 to " + LIMIT_MAX);
    }
    return Integer.parseInt(limit);
  }
}
