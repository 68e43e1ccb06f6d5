package io.neuronledger.indexer.follow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.indexer.decode.DecoderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SealDeadlinesTest {
  private static final int REQUESTS = 20_000;
  private static final ServiceName SERVICE = ServiceName.of("inference-v1.0");

  private final IndexerState state = IndexerState.of(Map.of());

  private static RefundRequests.Request request(long number) {
    return new RefundRequests.Request(0, 1_700_000_000L + number, SERVICE);
  }

  private List<String> keys() {
    return state.decoder().keySet().stream().sorted().toList();
  }

  /** What a block changes is undone by one record: Kafka takes none above some megabytes. */
  @Test
  void very_many_ended_requests_are_removed_in_parts() {
    state.apply(LongStream.range(0, REQUESTS)
        .mapToObj(number -> IndexerState.decoderEntry(request(number).key(), Optional.of(""))).toList());
    List<Integer> removed = new ArrayList<>();
    while (!keys().isEmpty()) {
      DecoderState draft = new DecoderState(state.decoder());
      state.deadlines(draft, new Partitions(1)).replace(Map.of());
      state.apply(draft.changes().entrySet().stream()
          .map(change -> IndexerState.decoderEntry(change.getKey(), change.getValue())).toList());
      removed.add(draft.endBlock().size());
      int gone = removed.stream().mapToInt(each -> each).sum();
      assertThat(keys()).as("the oldest first")
          .isEqualTo(LongStream.range(gone, REQUESTS).mapToObj(number -> request(number).key()).toList());
    }
    assertThat(removed).hasSizeBetween(2, 5).allMatch(count -> count > 0);
  }

  @Test
  void only_requests_that_the_state_has_are_due() {
    state.apply(List.of(IndexerState.decoderEntry(request(0).key(), Optional.of(""))));
    Instant end = Instant.ofEpochSecond(1_700_000_000L + 86_400);
    DecoderState draft = new DecoderState(state.decoder());
    SealDeadlines deadlines = state.deadlines(draft, new Partitions(1));
    assertThat(deadlines.due(end.minusSeconds(2), end.minusSeconds(1)).isEmpty()).isTrue();
    assertThat(deadlines.due(end.minusSeconds(1), end).get(0)).isTrue();
    assertThat(deadlines.due(end, end.plusSeconds(1)).isEmpty()).isTrue();
    draft.remove(request(0).key());
    assertThat(deadlines.due(end.minusSeconds(1), end).isEmpty()).isTrue();

    state.apply(List.of(IndexerState.decoderEntry(request(0).key(), Optional.empty())));
    assertThat(state.deadlines(new DecoderState(state.decoder()), new Partitions(1))
        .due(end.minusSeconds(1), end).isEmpty()).isTrue();
  }
}
