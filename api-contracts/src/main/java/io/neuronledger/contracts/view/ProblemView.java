package io.neuronledger.contracts.view;

import java.util.Optional;

/**
 * Why there is no answer (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@code urn:neuron-ledger:problem:<code>}
 * @param title the same for the same code
 * @param status the HTTP status
 * @param detail this case, for people
 * @param instance the path that was asked
 * @param code stable: what programs switch on
 * @param parameter the parameter to blame
 * @param asOf where the owner's answers stand
 */
public record ProblemView(String type, String title, int status, String detail, String instance, String code,
    Optional<String> parameter, Optional<AsOf> asOf) {}
