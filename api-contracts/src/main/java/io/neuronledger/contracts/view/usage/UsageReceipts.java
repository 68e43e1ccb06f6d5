package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.topic.WriteToken;
import java.util.List;
import java.util.Optional;

/**
 * The outcomes of the usage reports of one request, in their order.
 *
 * @param recorded the number of newly recorded reports
 * @param repeated the number of reports already recorded before
 * @param refused the number of refused reports, which have no effect
 * @param token a read with it sees all recorded and repeated reports; absent if all were refused
 */
public record UsageReceipts(int recorded, int repeated, int refused, List<UsageReceipt> receipts,
    Optional<WriteToken> token) {
  public UsageReceipts {
    receipts = List.copyOf(receipts);
  }

  /** Counts the outcomes. */
  public static UsageReceipts of(List<UsageReceipt> receipts, Optional<WriteToken> token) {
    return new UsageReceipts(count(receipts, UsageReceipt.Outcome.RECORDED),
        count(receipts, UsageReceipt.Outcome.REPEATED), count(receipts, UsageReceipt.Outcome.REFUSED), receipts, token);
  }

  private static int count(List<UsageReceipt> receipts, UsageReceipt.Outcome outcome) {
    return (int) receipts.stream().filter(receipt -> receipt.outcome() == outcome).count();
  }
}
