package io.neuronledger.cli.repository;

import io.neuronledger.cli.stack.StackAddresses;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command of a document that calls a service, with the answer that is shown after it.
 *
 * @param place the document and the line of the command
 * @param command for bash
 * @param form of the answer: {@code json} or {@code text}; empty where none is shown
 */
public record ShownCommand(String place, String command, String form, String answer) {
  /** A block for the shell, and the block of an answer that follows it with nothing but empty lines in between. */
  private static final Pattern BLOCKS =
      Pattern.compile("(?ms)^```sh\\n(.*?)^```$(?:\\s*^```(json|text)\\n(.*?)^```$)?");
  private static final List<Path> DOCUMENTS = List.of(Path.of("README.md"), Path.of("docs/api.md"));

  /** Those of the documents for newcomers, in the order in which they are read. */
  public static List<ShownCommand> all() {
    Repository repository = Repository.ofThisBuild();
    return DOCUMENTS.stream().flatMap(document -> in(document.toString(), repository.text(document))).toList();
  }

  /** All commands of a page that is one session of a shell, each followed by what it prints. */
  public static List<ShownCommand> session(Path page) {
    return blocks(page.toString(), Repository.ofThisBuild().text(page)).toList();
  }

  /** The command with the ports of a stack in place of those that {@code up} takes by default. */
  public String on(StackAddresses stack) {
    return command.replace("http://127.0.0.1:8080", stack.query()).replace("http://127.0.0.1:8082", stack.command());
  }

  /**
   * Each command once, as a reader meets it first, with the answer that is shown there or at a later place.
   *
   * @throws java.util.NoSuchElementException for a command without any
   */
  public static List<ShownCommand> toRun() {
    List<ShownCommand> all = all();
    return all.stream().map(ShownCommand::command).distinct().map(command -> all.stream()
        .filter(each -> each.answered() && each.command().equals(command)).findFirst().orElseThrow()).toList();
  }

  /** The commands for subscribers: those that name the settings of a client. */
  public static List<ShownCommand> ofSubscribers() {
    Path document = Path.of("docs/subscribe.md");
    return with("client.properties", document.toString(), Repository.ofThisBuild().text(document)).toList();
  }

  /** The programs of the page for clients, each with what it prints: those that read, or those that write. */
  public static List<ShownCommand> ofClients(boolean writing) {
    Path document = Path.of("docs/clients.md");
    return blocks(document.toString(), Repository.ofThisBuild().text(document)).filter(ShownCommand::answered)
        .filter(each -> each.command().contains("provider.header") == writing).toList();
  }

  static Stream<ShownCommand> in(String document, String text) {
    return with("curl ", document, text);
  }

  private static Stream<ShownCommand> with(String part, String document, String text) {
    return blocks(document, text).filter(block -> block.command().contains(part));
  }

  private static Stream<ShownCommand> blocks(String document, String text) {
    return BLOCKS.matcher(text).results()
        .map(block -> new ShownCommand(document + ":" + line(text, block), block.group(1),
            block.group(2) == null ? "" : block.group(2), block.group(3) == null ? "" : block.group(3)));
  }

  public boolean answered() {
    return !form.isEmpty();
  }

  private static long line(String text, MatchResult block) {
    return text.substring(0, block.start()).lines().count() + 2;
  }

  /** Names a command in the list of tests. */
  @Override
  public String toString() {
    return place;
  }
}
