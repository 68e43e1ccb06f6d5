package io.neuronledger.cli;

import io.neuronledger.cli.answer.LedgerApi;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Notices about following the chain for the terminal: each stop, with its reason, and each recovery. */
final class FollowingNotices {
  private static final String FOLLOWING = "following";
  private static final String UNKNOWN = "unknown";

  private String state = FOLLOWING;

  /** Reads the ledger's status; empty where the state is unchanged or the ledger does not answer. */
  Optional<String> next(LedgerApi ledger) {
    try {
      JsonNode following = ledger.getOk("/v1/status").path("following");
      return next(following.path("state").asString(UNKNOWN), following.path("why").asString(""));
    } catch (UncheckedIOException | IllegalStateException noAnswer) {
      return Optional.empty();
    }
  }

  /** @param why empty while following */
  Optional<String> next(String now, String why) {
    if (now.equals(state)) {
      return Optional.empty();
    }
    boolean stopped = state.equals(FOLLOWING);
    state = now;
    return switch (now) {
      case FOLLOWING -> Optional.of("Following the chain again.");
      case "stalled" -> Optional.of(
          "Following the chain has stalled; it resumes by itself once this is resolved: " + why);
      case "halted" -> Optional.of(
          "FOLLOWING THE CHAIN HAS HALTED; answers do not advance until an operator acts: " + why);
      default -> stopped ? Optional.of("Whether the chain is being followed is unknown: " + why) : Optional.empty();
    };
  }
}
