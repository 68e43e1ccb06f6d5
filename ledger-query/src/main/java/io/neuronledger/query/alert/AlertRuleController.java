package io.neuronledger.query.alert;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertRulesPage;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.query.request.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which alerts are wanted? A caller for one owner only names it, and finds its own rules alone. */
@RestController
@RequestMapping("/v1/alert-rules")
class AlertRuleController {
  private final Alerts alerts;

  AlertRuleController(Alerts alerts) {
    this.alerts = alerts;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<AlertRuleView> make(@RequestParam Optional<WalletAddress> owner, HttpServletRequest request,
      Caller caller) {
    AlertRuleView rule = alerts.make(JsonBody.of(request, RuleRequest.BODY_BYTES_MAX), owner, caller.subject());
    return ResponseEntity.created(URI.create("/v1/alert-rules/" + rule.id())).body(rule);
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  AlertRulesPage list(@RequestParam Optional<WalletAddress> owner, Page page) {
    return alerts.rules(owner, page);
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  AlertRuleView show(@PathVariable UUID id, @RequestParam Optional<WalletAddress> owner) {
    return alerts.rule(id, owner);
  }

  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  AlertRuleView change(@PathVariable UUID id, @RequestParam Optional<WalletAddress> owner,
      HttpServletRequest request) {
    return alerts.change(id, owner, JsonBody.of(request, RuleRequest.BODY_BYTES_MAX));
  }

  // It answers nothing, or a problem: clients that are generated ask for problems alone.
  @DeleteMapping(path = "/{id}",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  ResponseEntity<Void> delete(@PathVariable UUID id, @RequestParam Optional<WalletAddress> owner) {
    alerts.delete(id, owner);
    return ResponseEntity.noContent().build();
  }

  @PostMapping(path = "/{id}/test", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  AlertView test(@PathVariable UUID id, @RequestParam Optional<WalletAddress> owner) {
    return alerts.test(id, owner);
  }
}
