package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/**
 * A problem instead of an answer (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@code /problems/<code>}, where each service describes the problem
 * @param title the same for the same code
 * @param status the HTTP status
 * @param detail the description of this case
 * @param instance the requested path
 * @param code a stable code for programs
 * @param requestId the id of the request, also in the header {@code X-Request-Id}; none in a part of an answer
 * @param parameter the invalid parameter
 * @param expectedFee the fee of the units, where the reported fee was the reason
 * @param asOf the block of the owner's answers
 */
public record ProblemView(String type, String title, int status, String detail, String instance, String code,
    Optional<String> requestId, Optional<String> parameter, Optional<Neuron> expectedFee, Optional<AsOf> asOf) {}
