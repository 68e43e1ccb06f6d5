package io.neuronledger.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.repository.ShownCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The page about the wallet's commands, as one session on the played stack. */
@NullUnmarked
public abstract class WalletPage {
  private static final Path PAGE = Path.of("docs/wallet.md");
  /** What was printed, for a page that is to be written anew. */
  private static final Path PRINTED = Path.of("target/wallet-page.txt");

  private final WalletCommands wallet;

  /** @param wallet the first one of the dev chain */
  protected WalletPage(WalletCommands wallet) {
    this.wallet = wallet;
  }

  @Test
  void each_command_prints_what_the_page_shows() throws IOException {
    List<ShownCommand> page = ShownCommand.session(PAGE);
    assertThat(page).hasSizeGreaterThan(5);
    List<String> printed = page.stream().map(shown -> wallet.shown(shown.command())).toList();
    Files.writeString(PRINTED, String.join("\f", printed));
    assertThat(printed.stream().map(WalletPage::form).toList()).as("printed: %s", PRINTED)
        .isEqualTo(page.stream().map(shown -> form(shown.answer())).toList());
  }

  /** Free of what differs from run to run: times, hashes, newest blocks, and the widths that follow from them. */
  private static String form(String printed) {
    return printed.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME").replaceAll("0x[0-9a-f]{64}", "HASH")
        .replaceAll("block \\d+", "block N").replaceAll("id \\d+-\\d+", "id ID").replaceAll("v1 \\d+-\\d+", "v1 ID")
        .replaceAll("\\d+h \\d+min \\d+s", "REST").replaceAll("\\d+ neuron each, [0-9.]+ 0G in all", "PRICE")
        .replaceAll("-{3,}", "--").replaceAll(" +", " ").strip();
  }
}
