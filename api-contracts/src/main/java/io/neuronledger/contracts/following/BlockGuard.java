package io.neuronledger.contracts.following;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How it is known that a published block holds every change of the followed contracts. */
public enum BlockGuard {
  /**
   * By the contracts' storage roots: they did not change, or every transaction of the block was looked into, or all
   * states were compared at this very block. A block without transactions needs no proof.
   */
  @JsonProperty("proved") PROVED,
  /** All states were compared at a later block: what happened is complete by then, but not placed block by block. */
  @JsonProperty("compared") COMPARED,
  /** Neither, yet: the node proves no storage root of this block. Logs, calls and coins were checked. */
  @JsonProperty("none") NONE;

  /** As it is written in JSON, metrics and health. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
