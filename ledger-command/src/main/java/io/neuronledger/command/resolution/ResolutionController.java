package io.neuronledger.command.resolution;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.command.store.NothingFollowed;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution;
import io.neuronledger.contracts.view.usage.UsageProblem;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A person closes a discrepancy, with a reason. */
@RestController
class ResolutionController {
  private final Resolutions resolutions;

  /** The body, as it comes: a missing field is told by {@link Decision}. */
  record Told(@JsonProperty("amount") @Nullable String amount, @JsonProperty("reason") @Nullable String reason,
      @JsonProperty("by") @Nullable String by) {
    Decision decision() {
      return new Decision(Optional.ofNullable(amount).map(NeuronSum::parse), orEmpty(reason), orEmpty(by));
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  ResolutionController(Resolutions resolutions) {
    this.resolutions = resolutions;
  }

  @PostMapping(path = "/v1/discrepancies/{key}/resolution", consumes = MediaType.APPLICATION_JSON_VALUE)
  DiscrepancyResolution resolve(@PathVariable String key, @RequestBody Told told) {
    return resolutions.resolve(key, told.decision());
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(NotResolvable e) {
    return e.isFound()
        ? answer("decision-does-not-fit", "The decision does not fit the discrepancy", HttpStatus.BAD_REQUEST, e)
        : answer("discrepancy-not-found", "There is no such discrepancy", HttpStatus.NOT_FOUND, e);
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(IllegalArgumentException e) {
    return answer("malformed-request", "The request cannot be read", HttpStatus.BAD_REQUEST, e);
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(HttpMessageNotReadableException e) {
    return answer("malformed-request", "The request cannot be read", HttpStatus.BAD_REQUEST, e);
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(NothingFollowed e) {
    return answer("nothing-followed", "The ledger does not know yet what it follows", HttpStatus.SERVICE_UNAVAILABLE, e);
  }

  @ExceptionHandler
  ResponseEntity<UsageProblem> on(ConcurrencyException e) {
    return answer("decided-meanwhile", "Somebody else decided at the same moment", HttpStatus.CONFLICT, e);
  }

  private static ResponseEntity<UsageProblem> answer(String code, String title, HttpStatus status, Exception why) {
    UsageProblem problem =
        UsageProblem.of(code, title, status.value(), String.valueOf(why.getMessage()), Optional.empty());
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }
}
