package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which commands are run, and what of an answer is compared. */
class ShownCommandTest {
  private static final String ANSWER = """
      {"as_of":{"block":13,"block_hash":"0xHASH","block_time":"2026-11-28T05:00:54Z"},"total":"95","rows":[{"fee":"1"}]}
      """.replace("HASH", "a1".repeat(32));

  @Test
  void each_command_is_answered_where_it_is_shown_or_in_the_other_document() {
    List<ShownCommand> shown = ShownCommand.all();
    List<String> answered = shown.stream().filter(ShownCommand::answered).map(ShownCommand::command).toList();
    assertThat(shown).filteredOn(each -> each.place().startsWith("README.md")).hasSizeGreaterThanOrEqualTo(4);
    assertThat(shown).filteredOn(each -> !answered.contains(each.command())).isEmpty();
  }

  @Test
  void a_command_is_followed_by_its_answer() {
    String text = "Ask:\n\n```sh\ncurl a\n```\n\n```json\n{}\n```\n\n```sh\ncurl b\n```\n\nNo answer.\n\n"
        + "```text\nc\n```\n\n```sh\n./ledger up\n```\n";
    assertThat(ShownCommand.in("x.md", text)).containsExactly(new ShownCommand("x.md:4", "curl a\n", "json", "{}\n"),
        new ShownCommand("x.md:12", "curl b\n", "", ""));
  }

  @Test
  void lines_hashes_and_times_may_differ() {
    assertThat(normalized(ANSWER.replace("\"rows\"", "\n  \"rows\"").replace("a1", "b2")
        .replace("05:00:54", "06:01:02"))).isEqualTo(normalized(ANSWER));
  }

  @Test
  void all_else_may_not() {
    for (String other : List.of(ANSWER.replace("13", "14"), ANSWER.replace("\"95\"", "\"96\""),
        ANSWER.replace("\"95\"", "95"), ANSWER.replace("a1a1", "a1"), ANSWER.replace("54Z", "54"),
        ANSWER.replace("\"fee\"", "\"cost\""), ANSWER.replace("[{\"fee\":\"1\"}]", "[]"),
        ANSWER.replace("block_time", "time"), "{" + "\"total\":\"95\"," + ANSWER.substring(1).replace(
            "\"total\":\"95\",", ""))) {
      assertThat(normalized(other)).as(other).isNotEqualTo(normalized(ANSWER));
    }
    assertThat(ShownAnswer.normalized("text", "304\n")).isEqualTo("304");
  }

  private static String normalized(String answer) {
    return ShownAnswer.normalized("json", answer);
  }
}
