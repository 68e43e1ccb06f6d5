package io.neuronledger.query.intake;

import io.neuronledger.query.lane.Lane;
import io.neuronledger.query.lane.LaneFold;
import io.neuronledger.query.projection.Batch;
import java.util.List;

/**
 * What one transaction took in.
 *
 * @param lanes where the touched lanes now stand
 * @param events account events of owners
 * @param rows written to projections
 * @param retractions of blocks, counted per lane
 * @param poisonous records that were not understood
 */
public record Taken(List<Lane> lanes, int events, int rows, int retractions, int poisonous) {
  static Taken of(List<LaneFold> folds, Batch batch, int rows) {
    return new Taken(folds.stream().map(LaneFold::lane).toList(), batch.lines().size() + batch.reported().size(), rows,
        batch.retractions().size(), folds.stream().mapToInt(fold -> fold.poison().size()).sum());
  }
}
