package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.SubAccountAnswer;
import io.neuronledger.contracts.view.SubAccountsAnswer;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What is an owner's balance? */
@RestController
@RequestMapping(path = "/v1/ledgers/{owner}", produces = MediaType.APPLICATION_JSON_VALUE)
class BalanceController {
  private final OwnerReads reads;
  private final BalanceQueries queries;

  BalanceController(OwnerReads reads, JsonMapper json) {
    this.reads = reads;
    this.queries = new BalanceQueries(json);
  }

  @TakesUnit
  @GetMapping
  LedgerView ledger(@PathVariable WalletAddress owner, @RequestParam Optional<String> detail,
      BlockSelector selector) {
    boolean isDetailed = isTrue(detail);
    return reads.answer(owner, selector, (at, db) -> isDetailed ? queries.detailedLedger(owner, at, db)
        : queries.ledger(owner, at, db));
  }

  private static boolean isTrue(Optional<String> detail) {
    return switch (detail.orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "detail", "detail is true or false");
    };
  }

  @TakesUnit
  @GetMapping("/sub-accounts")
  SubAccountsAnswer subAccounts(@PathVariable WalletAddress owner, BlockSelector selector) {
    return reads.answer(owner, selector, (at, db) -> queries.subAccounts(owner, at, db));
  }

  @TakesUnit
  @GetMapping("/sub-accounts/{provider}/{service}")
  SubAccountAnswer subAccount(@PathVariable WalletAddress owner, @PathVariable WalletAddress provider,
      @PathVariable ServiceName service, BlockSelector selector) {
    return reads.answer(owner, selector, (at, db) -> queries.subAccount(owner, provider, service, at, db));
  }
}
