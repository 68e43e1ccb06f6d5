package io.neuronledger.indexer.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcCall;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Answers to several calls in one text. */
class RpcMessagesTest {
  /** Fills the answers of so many calls for a string. */
  static List<String> read(String body, int calls) throws IOException {
    List<RpcAnswer<?>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(new RpcAnswer<>(new RpcCall<>("call", "[]", JsonFields::text)));
    }
    RpcMessages.read(body.getBytes(StandardCharsets.UTF_8), answers);
    return answers.stream().map(answer -> (String) answer.get()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":\"b\"}]",
      "[{\"result\":\"b\",\"id\":1},{\"id\":0,\"extra\":[{}],\"result\":\"a\",\"error\":null}]  ",
      "[{\"id\":\"0\",\"result\":\"a\"},{\"id\":\"1\",\"result\":\"b\"}]"})
  void each_call_has_its_answer(String body) throws IOException {
    assertThat(read(body, 2)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"id\":0,\"result\":\"a\"},null,{\"id\":1,\"result\":\"b\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":\"b\"},null]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":\"b\"}]{}",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":\"b\"}", "[{\"id\":0,\"result\":\"a\"},[],{\"id\":1}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":\"b\"},{\"id\":1,\"result\":\"c\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":\"b\",\"result\":\"c\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"result\":\"b\"}]", "[{\"id\":0,\"result\":\"a\"},{\"id\":2,\"result\":\"b\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1.2,\"result\":\"b\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":99999999999999999999,\"result\":\"b\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":0,\"id\":1,\"result\":\"b\"}]",
      "[{\"id\":0,\"result\":\"a\"},{\"id\":1,\"result\":null}]", "[{\"result\":{\"x\":1,\"x\":2},\"id\":0}]"})
  void anything_else_is_malformed(String body) {
    assertThatThrownBy(() -> read(body, 2)).isInstanceOfAny(IllegalArgumentException.class, JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":0,\"result\":\"a\",\"error\":{\"code\":1,\"message\":\"no\"}}",
      "{\"error\":{\"code\":1,\"message\":\"no\"},\"id\":null}", "{\"id\":0,\"error\":\"no\"}"})
  void an_error_counts_whatever_else_there_is(String body) {
    assertThatThrownBy(() -> read(body, 1)).isInstanceOf(RpcFailure.class).hasMessageContaining("no");
  }

  /** Health shows it as JSON, which cannot encode half a surrogate pair. */
  @Test
  void a_nodes_message_is_printable() {
    assertThatThrownBy(() -> read("{\"error\":{\"code\":1,\"message\":\"a\\ud83d\\u0000\\nb\"}}", 1))
        .hasMessage("error 1: a?  b");
    assertThat(new RpcFailure(RpcFailure.Kind.ERROR, "x".repeat(1 << 20)).getMessage()).hasSizeLessThan(2_000);
  }
}
