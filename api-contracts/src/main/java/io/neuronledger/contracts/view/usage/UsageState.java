package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a reported request is in the sums, and may be covered by a settlement. */
public enum UsageState {
  /** It is. */
  @JsonProperty("counted") COUNTED("counted"),
  /** It is not, because there was no such service; it joins once there is one. */
  @JsonProperty("set-apart") SET_APART("set-apart"),
  /** It is not, because the report was reversed. */
  @JsonProperty("reversed") REVERSED("reversed");

  private final String word;

  UsageState(String word) {
    this.word = word;
  }

  /** The word in JSON and parameters. */
  public String word() {
    return word;
  }

  /** @throws IllegalArgumentException for another word */
  public static UsageState of(String word) {
    for (UsageState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("not a state of requests: " + word);
  }
}
