package io.neuronledger.command.admin.key;

import io.neuronledger.command.admin.key.ApiKeys.IssuedKey;
import io.neuronledger.command.key.AdminAct;
import io.neuronledger.command.key.ApiKeyState;
import io.neuronledger.command.key.KeyTerms;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes, lists, rotates and revokes API keys. */
@RestController
class ApiKeyController {
  private static final int BODY_BYTES_MAX = 4 << 10;

  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 500;
  private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");

  private final ApiKeys keys;
  private final ApiKeyUseReader uses;

  ApiKeyController(ApiKeys keys, ApiKeyUseReader uses) {
    this.keys = keys;
    this.uses = uses;
  }

  /** @param prefix how every key of this id begins; the rest is not stored */
  record ApiKeyView(String id, String prefix, String name, List<String> scopes, Optional<WalletAddress> owner,
      Optional<WalletAddress> provider, String state, Instant expiresAt, Optional<Instant> previousExpiresAt,
      AdminAct made, Optional<AdminAct> rotated, Optional<AdminAct> revoked, Optional<LastUse> lastUsed) {}

  /**
   * The newest use that was reported.
   *
   * @param at up to a minute before the last use
   * @param service that has accepted the key
   */
  record LastUse(Instant at, String service) {}

  /** @param nextCursor for the next page; absent on the last one */
  record ApiKeysPage(List<ApiKeyView> keys, Optional<String> nextCursor) {
    ApiKeysPage {
      keys = List.copyOf(keys);
    }
  }

  /** @param secret the key as it is sent in {@code Authorization: Bearer}; shown this once */
  record NewApiKey(String secret, ApiKeyView key) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "NewApiKey[" + key.prefix() + "]";
    }
  }

  @PostMapping(path = "/v1/keys", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  NewApiKey make(HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = StrictJsonObject.of("an API key", JsonBody.of(request, BODY_BYTES_MAX));
    Optional<String> name = fields.text("name", KeyTerms::name);
    Optional<List<Scope>> scopes = fields.texts("scopes", Scope::of);
    Optional<WalletAddress> owner = fields.optionalText("owner", WalletAddress::typed);
    Optional<WalletAddress> provider = fields.optionalText("provider", WalletAddress::typed);
    Optional<Instant> expiresAt = fields.text("expires_at", ApiKeyController::instant);
    fields.refuseUnknown();
    fields.check();
    Optional<KeyTerms> terms = fields.create(() ->
        new KeyTerms(name.orElseThrow(), Set.copyOf(scopes.orElseThrow()), owner, provider));
    fields.check();
    return view(keys.make(terms.orElseThrow(), expiresAt.orElseThrow(), caller, request.getRemoteAddr()));
  }

  @GetMapping(path = "/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
  ApiKeysPage list(@RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int most = limit(limit);
    List<ApiKeyState> found = keys.after(Optional.ofNullable(cursor));
    Optional<String> next = found.size() <= most ? Optional.empty() : Optional.of(found.get(most - 1).id());
    return new ApiKeysPage(found.stream().limit(most).map(this::view).toList(), next);
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return LIMIT_DEFAULT;
    }
    if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > LIMIT_MAX) {
      throw Refusal.parameter(ProblemCode.BAD_LIMIT, "limit", "limit is a whole number, 1 to " + LIMIT_MAX);
    }
    return Integer.parseInt(text);
  }

  @GetMapping(path = "/v1/keys/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ApiKeyView show(@PathVariable String id) {
    return view(keys.find(id));
  }

  @PostMapping(path = "/v1/keys/{id}/rotations", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  NewApiKey rotate(@PathVariable String id, HttpServletRequest request, Caller caller) {
    StrictJsonObject fields = StrictJsonObject.of("a rotation", JsonBody.of(request, BODY_BYTES_MAX));
    Optional<Instant> previousExpiresAt = fields.text("previous_expires_at", ApiKeyController::instant);
    Optional<Instant> expiresAt = fields.optionalText("expires_at", ApiKeyController::instant);
    fields.refuseUnknown();
    fields.check();
    return view(keys.rotate(id, previousExpiresAt.orElseThrow(), expiresAt, caller, request.getRemoteAddr()));
  }

  /** Revoking a revoked key changes nothing. */
  @DeleteMapping(path = "/v1/keys/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ApiKeyView revoke(@PathVariable String id, HttpServletRequest request, Caller caller) {
    return view(keys.revoke(id, caller, request.getRemoteAddr()));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time like 2027-01-31T12:00:00Z", e);
    }
  }

  private NewApiKey view(IssuedKey issued) {
    return new NewApiKey(issued.key().reveal(), view(issued.state()));
  }

  private ApiKeyView view(ApiKeyState key) {
    KeyTerms terms = key.terms();
    return new ApiKeyView(key.id(), ApiKey.shown(key.id()), terms.name(),
        EnumSet.copyOf(terms.scopes()).stream().map(Scope::tag).toList(), terms.owner(), terms.provider(),
        keys.status(key).name().toLowerCase(Locale.ROOT), key.expiresAt(),
        key.previous().map(ApiKeyRecord.Previous::expiresAt), key.made(), key.rotated(), key.revoked(),
        uses.last(key.id()).map(use -> new LastUse(use.at(), use.service())));
  }
}
