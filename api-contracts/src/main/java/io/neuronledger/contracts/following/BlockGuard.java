package io.neuronledger.contracts.following;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a published block is verified to hold every change of the indexed contracts. */
public enum BlockGuard {
  /**
   * By the contracts' storage roots: they did not change, or every transaction of the block was traced, or all states
   * were compared at this block. A block without transactions needs no proof.
   */
  @JsonProperty("proved") PROVED,
  /** All states were compared at a later block: changes up to it are complete, but not placed block by block. */
  @JsonProperty("compared") COMPARED,
  /** Not yet verified: the node proves no storage root of this block. Logs, calls and native balances were checked. */
  @JsonProperty("none") NONE;

  /** The lower-case word in JSON, metrics and health. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
