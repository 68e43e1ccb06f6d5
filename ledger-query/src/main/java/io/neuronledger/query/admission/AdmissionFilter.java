package io.neuronledger.query.admission;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Set;

/**
 * The request that is asked about.
 *
 * @param cost of it, in neuron; 0 where the caller names none
 */
public record AdmissionFilter(WalletAddress provider, ServiceName service, Neuron cost) {
  public static final Parameters<AdmissionFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<AdmissionFilter> type() {
      return AdmissionFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "service", "cost");
    }

    @Override
    public AdmissionFilter read(RequestValues given) {
      return new AdmissionFilter(given.address("provider").orElseThrow(() -> missing("provider", "the provider")),
          given.value("service", ServiceName::typed).orElseThrow(() -> missing("service", "the service")),
          given.value("cost", Neuron::parse).orElse(Neuron.ZERO));
    }
  };

  private static Refusal missing(String name, String what) {
    return Refusal.parameter(ProblemCode.BAD_PARAMETER, name, "name " + what + " by " + name);
  }
}
