package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Excerpt;

/** The pool that pays for a request. */
public enum UsageSource {
  /** The owner's sub-account with the provider: the request counts against it and is matched with settlements. */
  @JsonProperty("direct") DIRECT("direct"),
  /** The owner's balance at a router, which pays the provider from its own wallet: recorded, shown, totalled. */
  @JsonProperty("router") ROUTER("router");

  private final String word;

  UsageSource(String word) {
    this.word = word;
  }

  /** The word in JSON, SQL and parameters. */
  public String word() {
    return word;
  }

  /** @throws IllegalArgumentException for another word */
  public static UsageSource of(String word) {
    for (UsageSource source : values()) {
      if (source.word.equals(word)) {
        return source;
      }
    }
    throw new IllegalArgumentException("source must be direct or router: " + Excerpt.of(word));
  }
}
