package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a ledger's locked amount consists of.
 *
 * @param sums of all open sub-accounts
 * @param services the sums of each service's sub-accounts, by name
 * @param subAccounts the open ones with their refunds, by service, then provider
 */
public record LedgerDetails(SubAccountSums sums, List<Service> services, List<SubAccountView> subAccounts) {
  public LedgerDetails {
    services = List.copyOf(services);
    subAccounts = List.copyOf(subAccounts);
  }

  /**
   * A service's part.
   *
   * @param subAccounts the number of open ones
   */
  public record Service(ServiceName service, int subAccounts, SubAccountSums sums) {}

  /** @param open by service, then provider */
  public static LedgerDetails of(List<SubAccountView> open) {
    Map<ServiceName, List<SubAccountView>> byService = open.stream()
        .collect(Collectors.groupingBy(SubAccountView::service, TreeMap::new, Collectors.toList()));
    return new LedgerDetails(SubAccountSums.of(open), byService.entrySet().stream()
        .map(each -> new Service(each.getKey(), each.getValue().size(), SubAccountSums.of(each.getValue()))).toList(),
        open);
  }
}
