package io.neuronledger.query.usage;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** A few hundred requests of every kind, in the database and, sorted, in memory. */
final class Requests {
  static final WalletAddress OWNER = Wallets.wallet(1);
  static final List<SubAccountId> METERS = List.of(
      new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0")),
      new SubAccountId(OWNER, Wallets.wallet(8), ServiceName.of("inference-v1.0")),
      new SubAccountId(OWNER, Wallets.wallet(8), ServiceName.of("fine-tuning-v1.0")));
  static final List<String> MODELS = List.of("deepseek", "flux", "whisper");
  static final List<String> KEYS = List.of("key-1", "key-2");

  private final List<Request> newestFirst = new ArrayList<>();

  record Request(SubAccountId meter, UsageLine line) {}

  /**
   * Generates requests over four days, some at the same instant, some at midnight, and publishes them in random order.
   */
  Requests(QueryFixture fixture, int count, long seed) {
    Random random = new Random(seed);
    Meters meters = new Meters();
    AccountEventScript script = AccountEventScript.started(0, 1)
        .known(METERS.stream().map(SubAccountId::service).distinct().toArray(ServiceName[]::new)).seal();
    for (int i = 0; i < count; i++) {
      SubAccountId meter = METERS.get(random.nextInt(METERS.size()));
      UsageLine line = Meters.line("r-" + random.nextInt(1_000_000) + "-" + i,
          Chain.GENESIS.plusSeconds(1_800L * random.nextInt(4 * 48)), MODELS.get(random.nextInt(MODELS.size())),
          units(random), random.nextInt(3) == 0 ? UsageSource.ROUTER : UsageSource.DIRECT,
          random.nextInt(2) == 0 ? Optional.of(KEYS.get(random.nextInt(KEYS.size()))) : Optional.empty());
      newestFirst.add(new Request(meter, line));
      script.add(meters.recorded(meter, List.of(line)));
    }
    newestFirst.sort(Comparator.comparing((Request request) -> request.line().when())
        .thenComparing(request -> request.meter().provider())
        .thenComparing(request -> request.line().requestId()).reversed());
    fixture.process(script.records());
  }

  private static Units units(Random random) {
    Neuron price = Neuron.parse(String.valueOf(random.nextInt(1_000_000)));
    return switch (random.nextInt(4)) {
      case 0 -> new Units.Images(random.nextInt(5), price);
      case 1 -> new Units.Seconds(random.nextInt(100), price);
      default -> new Units.Tokens(100 + random.nextInt(1_000), random.nextInt(100), random.nextInt(500), price,
          Neuron.parse("3"), Neuron.parse("17"));
    };
  }

  List<Request> newestFirst(Predicate<Request> filter) {
    return newestFirst.stream().filter(filter).toList();
  }
}
