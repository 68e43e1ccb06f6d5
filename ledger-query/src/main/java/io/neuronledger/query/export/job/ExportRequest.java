package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import java.util.List;
import java.util.Set;

/**
 * What is asked for, apart from the list's own filters.
 *
 * @param needs the scopes by the rule of the operation, for this caller and this list: sets of them, each of them
 *     enough
 * @param source the path and the query of the list
 * @param name of the list, for a file's name: {@code ledgers-usage}
 */
public record ExportRequest(Caller caller, List<Set<Scope>> needs, String source, String name,
    ExportView.Format format, AnswerUnit unit) {
  public ExportRequest {
    needs = List.copyOf(needs);
  }
}
