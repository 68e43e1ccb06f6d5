package io.neuronledger.command.publish;

import io.neuronledger.contracts.event.Lanes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lanes that one producer publishes: four, so that a block costs few transactions and a deployment can still spread
 * over several instances. Lanes and their group never change, and neither does the transactional id: it is what fences.
 */
record LaneGroup(int number, List<Integer> lanes) {
  private static final int LANES_EACH = 4;

  static List<LaneGroup> of(Lanes lanes) {
    int groups = (lanes.count() + LANES_EACH - 1) / LANES_EACH;
    return IntStream.range(0, groups).mapToObj(number -> new LaneGroup(number, IntStream
        .range(number * LANES_EACH, Math.min((number + 1) * LANES_EACH, lanes.count())).boxed().toList())).toList();
  }

  String transactionalId() {
    return "ledger-command.account-events." + number;
  }
}
