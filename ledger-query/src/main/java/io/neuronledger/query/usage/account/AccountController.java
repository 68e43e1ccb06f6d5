package io.neuronledger.query.usage.account;

import io.neuronledger.contracts.view.usage.AccountUsageHistory;
import io.neuronledger.contracts.view.usage.AccountUsageStats;
import io.neuronledger.contracts.view.usage.account.AccountDailyStats;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.usage.AccountFilter;
import io.neuronledger.query.usage.StatsQueries;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the usage endpoints of the Router's published API, with its paths and parameters. */
@RestController
@RequestMapping(path = "/v1/account/usage", produces = MediaType.APPLICATION_JSON_VALUE)
class AccountController {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final String LIMIT_DEFAULT = "20";
  private static final int LIMIT_MAX = 500;

  private final OwnerReads reads;
  private final StatsQueries stats = new StatsQueries();
  private final AccountHistory history = new AccountHistory();

  AccountController(OwnerReads reads) {
    this.reads = reads;
  }

  @GetMapping("/stats")
  AccountUsageStats stats(AccountFilter filter, @Newest BlockSelector selector) {
    return reads.answer(filter.address(), selector, (at, db) -> stats.accountStats(filter, at, db));
  }

  @GetMapping("/daily")
  AccountDailyStats daily(AccountFilter filter, @Newest BlockSelector selector) {
    return reads.answer(filter.address(), selector, (at, db) -> stats.accountDaily(filter, at, db));
  }

  @GetMapping("/history")
  AccountUsageHistory history(AccountFilter filter, @RequestParam Optional<String> limit,
      @RequestParam Optional<String> offset, @Newest BlockSelector selector) {
    long size = number("limit", limit.orElse(LIMIT_DEFAULT));
    if (size < 1 || size > LIMIT_MAX) {
      throw Refusal.parameter(ProblemCode.BAD_LIMIT, "limit", "limit is a whole number, 1 to " + LIMIT_MAX);
    }
    long skip = number("offset", offset.orElse("0"));
    return reads.answer(filter.address(), selector, (at, db) -> history.page(filter, (int) size, skip, at, db));
  }

  private static long number(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, name, name + " is a whole number");
    }
    return Long.parseLong(text);
  }
}
