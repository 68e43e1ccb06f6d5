package io.neuronledger.cli.operate.price;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.client.query.api.PricesApi;
import io.neuronledger.client.query.api.PricesApi.APIQuoteRequest;
import io.neuronledger.client.query.model.QuoteRequest;
import io.neuronledger.client.query.model.QuotesAnswer;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ledger quote}. */
@Command(name = "quote", description = "What a request would cost now with each provider that offers its model, exact "
    + "to the neuron, or why that cannot be said. Give --input and --output, or --images, or --seconds.")
public final class Quote implements Callable<Integer> {
  private static final Column[] COLUMNS = {
      Column.of("Provider", "/provider"), Column.of("Service", "/service"), Column.amount("Fee", "/fee"),
      Column.of("Tier Up To Input Tokens", "/tier"), Column.of("Why No Fee", "/reason"),
      Column.of("Price Since Block", "/price_since")};

  @Mixin
  private final ServiceOptions services = new ServiceOptions();

  @Mixin
  private final OutputOptions output = new OutputOptions();

  @Option(names = "--model", paramLabel = "MODEL", required = true, description = "that is asked for")
  private String model = "";

  @Option(names = "--input", paramLabel = "N", description = "tokens of input, the cached ones too")
  private Optional<Long> input = Optional.empty();

  @Option(names = "--cached", paramLabel = "N", description = "tokens of the input that the provider has in its cache "
      + "(default: 0)")
  private Optional<Long> cached = Optional.empty();

  @Option(names = "--output", paramLabel = "N", description = "tokens of output")
  private Optional<Long> tokens = Optional.empty();

  @Option(names = "--images", paramLabel = "N", description = "images")
  private Optional<Long> images = Optional.empty();

  @Option(names = "--seconds", paramLabel = "N", description = "seconds of speech or video")
  private Optional<Long> seconds = Optional.empty();

  private final Surroundings surroundings;

  public Quote(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    QuoteRequest request = request();
    QuotesAnswer answer = Requests.read(() -> new PricesApi(services.client(surroundings).query())
        .quote(APIQuoteRequest.newBuilder().quoteRequest(request).build()));
    if (output.json()) {
      Answers.json(output, answer);
    } else {
      Answers.table(output, "Quotes for " + Printable.of(answer.getModel()) + " at block "
          + answer.getAsOf().getBlock(), answer.getQuotes(), COLUMNS);
    }
    return 0;
  }

  /** @throws CommandFailure unless the units are of exactly one kind */
  private QuoteRequest request() {
    boolean isOfTokens = Stream.of(input, cached, tokens).anyMatch(Optional::isPresent);
    long kinds = Stream.of(isOfTokens, images.isPresent(), seconds.isPresent()).filter(given -> given).count();
    if (kinds != 1 || (isOfTokens && (input.isEmpty() || tokens.isEmpty()))) {
      throw CommandFailure.refused("give either --input and --output, or --images, or --seconds");
    }
    return new QuoteRequest().model(model).inputTokens(input.orElse(null)).cachedTokens(cached.orElse(null))
        .outputTokens(tokens.orElse(null)).images(images.orElse(null)).seconds(seconds.orElse(null));
  }
}
