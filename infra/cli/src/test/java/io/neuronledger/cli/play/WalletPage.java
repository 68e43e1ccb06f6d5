package io.neuronledger.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.repository.ShownCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The page about the wallet's commands, on the played stack. What is printed is kept, to write the page anew. */
@NullUnmarked
public abstract class WalletPage {
  private static final Path PAGE = Path.of("docs/wallet.md");

  private final WalletCommands wallet;
  private final boolean reading;

  /**
   * @param wallet the first one of the dev chain
   * @param reading whether to run the commands about the wallets of the play, or those of this wallet, which send
   */
  protected WalletPage(WalletCommands wallet, boolean reading) {
    this.wallet = wallet;
    this.reading = reading;
  }

  @Test
  void each_command_prints_what_the_page_shows() throws IOException {
    List<ShownCommand> page = ShownCommand.session(PAGE).stream()
        .filter(shown -> shown.command().contains("--owner") == reading).toList();
    assertThat(page).hasSizeGreaterThan(4);
    List<String> printed = page.stream().map(shown -> wallet.shown(shown.command())).toList();
    Path file = Path.of("target/wallet-page-" + (reading ? "reading" : "sending") + ".txt");
    Files.writeString(file, String.join("\f", printed));
    assertThat(printed.stream().map(WalletPage::form).toList()).as("printed: %s", file)
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
