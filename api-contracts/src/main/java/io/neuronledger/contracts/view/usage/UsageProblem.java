package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/**
 * Why a request to ledger-command had no effect (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@code urn:neuron-ledger:problem:<code>}
 * @param title the same for the same code
 * @param status the HTTP status
 * @param detail the description of this case
 * @param code a stable code for programs
 * @param expectedFee the fee of the units, where the reported fee was the reason
 */
public record UsageProblem(String type, String title, int status, String detail, String code,
    Optional<Neuron> expectedFee) {
  /** @param code in kebab case */
  public static UsageProblem of(String code, String title, int status, String detail, Optional<Neuron> expectedFee) {
    return new UsageProblem("urn:neuron-ledger:problem:" + code, title, status, detail, code, expectedFee);
  }
}
