package io.neuronledger.query.settlement.matching;

import static io.neuronledger.query.db.Tables.SETTLEMENT;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.query.settlement.matching.Matching.Match;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;

/** The columns of a settlement that its match assigns. */
final class MatchColumns {
  private static final Field<?>[] FIELDS = {SETTLEMENT.STATE, SETTLEMENT.REQUESTS, SETTLEMENT.FEE_SUM,
      SETTLEMENT.DIFFERENCE, SETTLEMENT.INSIDE, SETTLEMENT.UNREPORTED, SETTLEMENT.FIRST_AT, SETTLEMENT.FIRST_REQUEST,
      SETTLEMENT.REACH_AT, SETTLEMENT.REACH_REQUEST, SETTLEMENT.REACH_SETTLED, SETTLEMENT.REACH_WRITTEN_OFF,
      SETTLEMENT.REACH_REPORTED};
  private static final Object[] UNMATCHED = {Optional.empty(), 0L, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO,
      NeuronSum.ZERO, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), NeuronSum.ZERO,
      NeuronSum.ZERO, NeuronSum.ZERO};

  private MatchColumns() {}

  /** The columns after {@code others}. */
  static Field<?>[] after(Field<?>... others) {
    return Stream.of(others, FIELDS).flatMap(Arrays::stream).toArray(Field<?>[]::new);
  }

  /** The values after {@code others}; those of a settlement that covers nothing if there is no match. */
  static Object[] after(Object[] others, Optional<Match> match) {
    return Stream.of(others, match.map(MatchColumns::values).orElse(UNMATCHED)).flatMap(Arrays::stream).toArray();
  }

  private static Object[] values(Match match) {
    MatchingCursor cursor = match.cursor();
    return new Object[] {match.state().word(), match.requests(), match.feeSum(), match.difference(), match.inside(),
        match.unreported(), match.first().map(RequestKey::when), match.first().map(first -> first.id().value()),
        cursor.through().map(RequestKey::when), cursor.through().map(last -> last.id().value()), cursor.settled(),
        cursor.writtenOff(), cursor.reported()};
  }
}
