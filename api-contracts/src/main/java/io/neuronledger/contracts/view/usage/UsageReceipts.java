package io.neuronledger.contracts.view.usage;

import java.util.List;

/**
 * What became of the usage reports of one request, in their order.
 *
 * @param recorded how many are in the ledger for the first time
 * @param repeated how many were there already
 * @param refused how many had no effect and never will
 */
public record UsageReceipts(int recorded, int repeated, int refused, List<UsageReceipt> receipts) {
  public UsageReceipts {
    receipts = List.copyOf(receipts);
  }

  /** Counts the outcomes. */
  public static UsageReceipts of(List<UsageReceipt> receipts) {
    return new UsageReceipts(count(receipts, UsageReceipt.Outcome.RECORDED),
        count(receipts, UsageReceipt.Outcome.REPEATED), count(receipts, UsageReceipt.Outcome.REFUSED), receipts);
  }

  private static int count(List<UsageReceipt> receipts, UsageReceipt.Outcome outcome) {
    return (int) receipts.stream().filter(receipt -> receipt.outcome() == outcome).count();
  }
}
