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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes, lists, rotates and revokes API keys. */
@RestController
class ApiKeyController {
  private static final int BODY_BYTES_MAX = 4 << 10;

  private final ApiKeys keys;

  ApiKeyController(ApiKeys keys) {
    this.keys = keys;
  }

  /** @param prefix how every key of this id begins; the rest is not stored */
  record ApiKeyView(String id, String prefix, String name, List<String> scopes, Optional<WalletAddress> owner,
      Optional<WalletAddress> provider, String state, Instant expiresAt, Optional<Instant> previousExpiresAt,
      AdminAct made, Optional<AdminAct> rotated, Optional<AdminAct> revoked) {}

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
  List<ApiKeyView> list() {
    return keys.all().stream().map(this::view).toList();
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
        key.previous().map(ApiKeyRecord.Previous::expiresAt), key.made(), key.rotated(), key.revoked());
  }
}
