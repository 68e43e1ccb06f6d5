package io.neuronledger.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecoderStateProperties {
  /** @param value empty removes the key */
  record Change(String key, Optional<String> value) {}

  /** Undone blocks leave the state as if they had never been decoded. */
  @Property
  void undoing_the_newest_blocks_leaves_the_older_changes(@ForAll("stored") Map<String, String> stored,
      @ForAll("blocks") List<List<Change>> kept, @ForAll("blocks") List<List<Change>> gone) {
    DecoderState expected = new DecoderState(stored);
    kept.forEach(block -> apply(block, expected));

    DecoderState state = new DecoderState(stored);
    kept.forEach(block -> apply(block, state));
    state.endBlock();
    Deque<Map<String, Optional<String>>> undo = new ArrayDeque<>();
    for (List<Change> block : gone) {
      apply(block, state);
      undo.push(state.endBlock());
    }
    undo.forEach(state::undo);

    assertThat(state.startingWith("")).isEqualTo(expected.startingWith(""));
  }

  /** The entries written to the compacted topic give a new instance the same state. */
  @Property
  void changes_are_complete(@ForAll("stored") Map<String, String> stored, @ForAll("blocks") List<List<Change>> blocks) {
    DecoderState state = new DecoderState(stored);
    blocks.forEach(block -> apply(block, state));
    Map<String, String> next = new HashMap<>(stored);
    state.changes().forEach((key, value) -> value.ifPresentOrElse(text -> next.put(key, text), () -> next.remove(key)));
    assertThat(new DecoderState(next).startingWith("")).isEqualTo(state.startingWith(""));
    assertThat(next.keySet()).allSatisfy(key -> assertThat(state.get(key)).contains(next.get(key)));
  }

  private static void apply(List<Change> block, DecoderState state) {
    block.forEach(change -> change.value().ifPresentOrElse(text -> state.put(change.key(), text),
        () -> state.remove(change.key())));
  }

  @Provide
  Arbitrary<Map<String, String>> stored() {
    return Arbitraries.maps(keys(), Arbitraries.strings().alpha().ofMaxLength(3)).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<List<Change>>> blocks() {
    Arbitrary<Change> change =
        Combinators.combine(keys(), Arbitraries.strings().alpha().ofMaxLength(3).optional()).as(Change::new);
    return change.list().ofMaxSize(5).list().ofMaxSize(5);
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.of("a", "a/1", "a/2", "b", "b/1");
  }
}
