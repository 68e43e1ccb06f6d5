package io.neuronledger.contracts.access;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a record of the access log says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AccessEntry.Started.class, name = "started"),
    @JsonSubTypes.Type(value = AccessEntry.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = AccessEntry.Answered.class, name = "answered")})
public sealed interface AccessEntry {
  /** Instead of owners, of a request that reads and names neither an owner nor another object. */
  String ALL_OWNERS = "all";

  /**
   * An instance begins to record; the first of its chain.
   *
   * @param service as {@code AccessLogPartition} calls it
   * @param after the position of the last record that it found, whose hash is the previous one; empty: there was none
   */
  record Started(String service, Optional<Long> after) implements AccessEntry {}

  /**
   * Somebody who is known asks; stored before anything is done.
   *
   * @param request new for each request
   * @param operation as the OpenAPI document calls it
   * @param method in upper case
   * @param path as it was sent
   * @param query as it was sent
   * @param owners whom the request names, as it writes them; none where it changes something, or its path names an
   *     object, and it names no owner: whom that concerns is not known yet; else {@value #ALL_OWNERS}
   * @param requestId the caller's own name of the request
   */
  record Asked(UUID request, Who who, String operation, String method, String path, Optional<String> query,
      List<String> owners, Optional<String> requestId) implements AccessEntry {
    public Asked {
      owners = List.copyOf(owners);
    }
  }

  /**
   * How a request ended. A request without this record was not answered, or the service ended meanwhile.
   *
   * @param subject who asked
   * @param owners as when it was asked
   * @param status of HTTP, when the answer began
   */
  record Answered(UUID request, String subject, List<String> owners, int status) implements AccessEntry {
    public Answered {
      owners = List.copyOf(owners);
    }
  }

  /**
   * Who asks.
   *
   * @param credential its kind: {@code oidc_token}, {@code api_key}, or {@code none} where the service is open
   * @param key the id of the API key
   * @param from the address of the network from which the request came; a proxy's, where there is one
   */
  record Who(String subject, String credential, Optional<String> key, String from) {}
}
