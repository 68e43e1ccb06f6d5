package io.neuronledger.query.usage;

import io.neuronledger.query.asof.Visibility;

/**
 * The parts of what may be spent of sub-accounts, as of a block: each a subquery beside a row that has the columns
 * {@code owner}, {@code provider} and {@code service}.
 *
 * <p>Spendable is {@code free} − (used − {@code claimed}), where neither difference counts below zero.
 */
public final class SpendableParts {
  private SpendableParts() {}

  /** {@code open} and {@code free}, the balance without the pending refunds, of the newest state. */
  public static String free(String row, String block) {
    return """
        SELECT known.open, GREATEST(known.balance::numeric - known.pending_refund::numeric, 0) AS free
        FROM sub_account_state AS known JOIN partition ON partition.partition = known.partition
        WHERE known.owner = %1$s.owner AND known.provider = %1$s.provider AND known.service = %1$s.service AND %2$s
        ORDER BY %3$s LIMIT 1""".formatted(row, Visibility.sees("known", block), Visibility.newestFirst("known"));
  }

  /**
   * {@code reach_settled} and {@code reach_written_off}, what was settled and written off up to the last settlement,
   * and their sum {@code claimed}; no row where there was none. A settlement has a state once its owner's answers show
   * it.
   */
  public static String claimed(String row, String block) {
    return """
        SELECT paid.reach_settled, paid.reach_written_off,
          paid.reach_settled::numeric + paid.reach_written_off::numeric AS claimed
        FROM settlement AS paid
        WHERE paid.owner = %1$s.owner AND paid.provider = %1$s.provider AND paid.service = %1$s.service
          AND NOT paid.retracted AND paid.state IS NOT NULL AND paid.block <= %2$s
        ORDER BY paid.block DESC, paid.transaction_index DESC, paid.step DESC LIMIT 1""".formatted(row, block);
  }
}
