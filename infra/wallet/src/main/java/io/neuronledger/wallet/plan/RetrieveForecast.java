package io.neuronledger.wallet.plan;

import static io.neuronledger.wallet.plan.Forecaster.shown;
import static io.neuronledger.wallet.plan.Forecaster.zeroG;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Foresees a retrieval, provider by provider: one refund too many refuses all of it. */
final class RetrieveForecast {
  private final Forecaster forecaster;
  private final Holdings now;
  private final List<String> effects = new ArrayList<>();
  private Neuron fetched = Neuron.ZERO;
  private boolean changes;

  RetrieveForecast(Forecaster forecaster, Holdings now) {
    this.forecaster = forecaster;
    this.now = now;
  }

  Forecast of(WalletAction.Retrieve retrieve) {
    int most = forecaster.rules().retrieveMax();
    Optional<String> general = forecaster.generalRefusal(retrieve.service(), now);
    if (general.isPresent()) {
      return Forecast.refused(general.get());
    }
    if (retrieve.providers().isEmpty()) {
      return Forecast.refused("There is no sub-account of " + retrieve.service() + " to retrieve from.");
    }
    if (retrieve.providers().size() > most) {
      return Forecast.refused("One retrieval takes at most " + most + " providers, not " + retrieve.providers().size()
          + ": name some of them with --provider.");
    }
    for (WalletAddress provider : retrieve.providers()) {
      Optional<SubAccountHoldings> account = now.find(provider, retrieve.service());
      if (account.isEmpty()) {
        effects.add("Passes over " + shown(provider) + ": there is no sub-account with it.");
      } else if (tooMany(account.get())) {
        return Forecast.refused("A sub-account has at most " + forecaster.rules().refundsMax()
            + " refunds at a time, and that with " + shown(provider) + " has that many waiting: the first can be "
            + "fetched at " + account.get().waiting().getFirst().unlocksAt() + ".");
      } else {
        add(account.get());
      }
    }
    return changes ? Forecast.of(effects, now.with(now.available().plus(fetched), now.total()))
        : Forecast.refused("It would change nothing: " + String.join(" ", effects));
  }

  private boolean tooMany(SubAccountHoldings account) {
    return !account.free().isZero() && account.waiting().size() >= forecaster.rules().refundsMax();
  }

  private void add(SubAccountHoldings account) {
    String provider = shown(account.provider());
    Neuron paid = SubAccountHoldings.sum(account.claimable());
    if (!paid.isZero()) {
      effects.add("Fetches " + zeroG(paid) + " from " + provider + ", past their lock: they become available.");
      fetched = fetched.plus(paid);
      changes = true;
    }
    for (PendingRefund waiting : account.waiting()) {
      effects.add("Leaves " + zeroG(waiting.amount()) + " with " + provider + ": they wait until "
          + waiting.unlocksAt() + ".");
    }
    if (!account.free().isZero()) {
      effects.add("Asks " + zeroG(account.free()) + " back from " + provider + ": they can be fetched by another "
          + "retrieve-fund after " + forecaster.lock(account.service())
          + ", as far as the provider has not settled fees from them by then.");
      changes = true;
    }
    if (account.balance().isZero()) {
      effects.add("Finds nothing with " + provider + ".");
    }
  }
}
