package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.query.settlement.matching.Matching.Claim;
import io.neuronledger.query.settlement.matching.Matching.Fee;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Matching implemented literally by its definition: slow, from the beginning, from sets in any order. */
public final class Definition {
  private final List<Fee> usage;
  private final List<Claim> claims;

  Definition(List<Fee> usage, List<Claim> claims) {
    this.usage = usage.stream().sorted(Comparator.comparing(Fee::key)).toList();
    this.claims = claims.stream().sorted(Comparator.comparing(Claim::id)).toList();
  }

  /** The requests covered by a settlement, and the difference to its claim. */
  public record Covered(Claim claim, List<String> requests, BigInteger feeSum, BigInteger difference, BigInteger inside,
      BigInteger unreported) {
    public SettlementId settlement() {
      return claim.id();
    }

    public String state() {
      if (unreported.signum() > 0) {
        return "unreported";
      }
      return switch (difference.signum()) {
        case 0 -> "matched";
        case 1 -> "over";
        default -> "under";
      };
    }
  }

  /** Settlement j covers the usage whose running fee total lies in (S(j−1), S(j)]. */
  public List<Covered> covered() {
    List<Covered> all = new ArrayList<>();
    BigInteger before = BigInteger.ZERO;
    for (Claim claim : claims) {
      BigInteger after = before.add(claim.total().value());
      List<String> requests = new ArrayList<>();
      BigInteger feeSum = BigInteger.ZERO;
      BigInteger running = BigInteger.ZERO;
      BigInteger reached = BigInteger.ZERO;
      boolean inside = false;
      for (Fee fee : usage) {
        BigInteger start = running;
        running = running.add(fee.amount().value());
        if (running.compareTo(before) > 0 && running.compareTo(after) <= 0) {
          requests.add(fee.key().id().value());
          feeSum = feeSum.add(fee.amount().value());
        }
        if (running.compareTo(after) <= 0) {
          reached = running;
        }
        inside = inside || (start.compareTo(after) < 0 && running.compareTo(after) > 0);
      }
      BigInteger unreported = after.subtract(running).max(BigInteger.ZERO).min(claim.total().value());
      all.add(new Covered(claim, requests, feeSum, claim.total().value().subtract(feeSum),
          inside ? after.subtract(reached) : BigInteger.ZERO, unreported));
      before = after;
    }
    return all;
  }

  public BigInteger used() {
    return usage.stream().map(fee -> fee.amount().value()).reduce(BigInteger.ZERO, BigInteger::add);
  }

  public BigInteger settled() {
    return claims.stream().map(claim -> claim.amount().value()).reduce(BigInteger.ZERO, BigInteger::add);
  }

  public BigInteger writtenOff() {
    return claims.stream().map(claim -> claim.writtenOff().value()).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
