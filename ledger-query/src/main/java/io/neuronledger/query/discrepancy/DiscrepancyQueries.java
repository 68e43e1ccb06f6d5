package io.neuronledger.query.discrepancy;

import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.period.ReportDifferenceKey;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyKind;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ValueFilter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Answers with the discrepancies at a block: chain events that broke a rule, settlements that end inside a request or
 * exceed all reported usage, usage that is overdue for settlement, and reports of closed periods that differ.
 */
public final class DiscrepancyQueries {
  private static final String LIST = "discrepancies1";
  private static final int CURSOR_PARTS = 5;

  private final SettlementIntervals intervals;

  public DiscrepancyQueries(SettlementIntervals intervals) {
    this.intervals = intervals;
  }

  /** Returns a page ordered by owner, provider, service, kind and name. */
  public DiscrepanciesPage page(DiscrepancyFilter filter, Page page, AsOf asOf, DSLContext db) {
    Optional<List<String>> after = page.after(LIST, CURSOR_PARTS);
    List<Record> rows = List.copyOf(db.resultQuery(DiscrepancySql.PAGE, binds(filter, after, page, asOf)).fetch());
    List<DiscrepancyView> shown = rows.stream().limit(page.limit()).map(DiscrepancyQueries::view).toList();
    return new DiscrepanciesPage(asOf, shown, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(cursor(rows.get(page.limit() - 1)))
        : Optional.empty());
  }

  private QueryPart[] binds(DiscrepancyFilter filter, Optional<List<String>> after, Page page, AsOf asOf) {
    Map<WalletAddress, Duration> byProvider = intervals.byProvider();
    Field<?>[] providers = byProvider.keySet().stream().map(provider -> val(provider.bytes())).toArray(Field<?>[]::new);
    Field<?>[] cutoffs = byProvider.values().stream().map(each -> val(cutoff(asOf, each))).toArray(Field<?>[]::new);
    return new QueryPart[] {
        val(asOf.block()),
        val(cutoff(asOf, intervals.others())),
        providers.length == 0 ? val(new byte[0][]) : array(providers),
        cutoffs.length == 0 ? val(new OffsetDateTime[0]) : array(cutoffs),
        val(filter.owner().map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB),
        ValueFilter.addresses(filter.provider()),
        ValueFilter.texts(filter.service(), ServiceName::value),
        ValueFilter.texts(filter.kind(), DiscrepancyKind::word),
        ValueFilter.texts(filter.state(), DiscrepancyView.State::word),
        val(part(after, 0).map(DiscrepancyQueries::bytes).orElse(null), SQLDataType.BLOB),
        val(part(after, 1).map(DiscrepancyQueries::bytes).orElse(null), SQLDataType.BLOB),
        val(part(after, 2).orElse(null), SQLDataType.VARCHAR),
        val(part(after, 3).orElse(null), SQLDataType.VARCHAR),
        val(part(after, 4).orElse(null), SQLDataType.VARCHAR),
        val(page.limit() + 1)};
  }

  /** Unsettled usage completed before this instant is overdue. */
  private static OffsetDateTime cutoff(AsOf asOf, Duration interval) {
    return asOf.blockTime().minus(interval).atOffset(ZoneOffset.UTC);
  }

  private static Optional<String> part(Optional<List<String>> after, int index) {
    return after.map(parts -> parts.get(index));
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  private static String cursor(Record last) {
    return Page.cursor(LIST, HexFormat.of().formatHex(last.get("by_owner", byte[].class)),
        HexFormat.of().formatHex(last.get("by_provider", byte[].class)), last.get("by_service", String.class),
        last.get("kind", String.class), last.get("name", String.class));
  }

  private static DiscrepancyView view(Record row) {
    DiscrepancyKind kind = DiscrepancyKind.of(row.get("kind", String.class));
    Instant since = row.get("since", Instant.class);
    String name = row.get("name", String.class);
    if (kind == DiscrepancyKind.PERIOD_REPORT_DIFFERS) {
      ReportDifferenceKey key = ReportDifferenceKey.parse(name);
      return new DiscrepancyView(name, kind, DiscrepancyView.State.OPEN, Optional.empty(), Optional.empty(),
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.of(new DiscrepancyView.ReportDifference(key.period(), key.closedBy(),
              new ReportHash(row.get("actual", String.class)))), since, Optional.empty(), Optional.empty());
    }
    WalletAddress owner = WalletAddress.of(row.get("owner", byte[].class));
    Optional<WalletAddress> provider =
        Optional.ofNullable(row.get("provider", byte[].class)).map(WalletAddress::of);
    Optional<ServiceName> service = Optional.ofNullable(row.get("service", String.class)).map(ServiceName::new);
    DiscrepancyView.State state = DiscrepancyView.State.of(row.get("state", String.class));
    Optional<DiscrepancyView.Resolution> resolution = Optional.ofNullable(row.get("reason", String.class))
        .map(reason -> new DiscrepancyView.Resolution(reason, row.get("resolved_by", String.class),
            row.get("resolved_at", Instant.class)));
    Optional<DiscrepancyView.Proposal> proposal = Optional.ofNullable(row.get("proposed_reason", String.class))
        .map(reason -> new DiscrepancyView.Proposal(row.get("proposed_number", Long.class), reason,
            row.get("proposed_by", String.class), row.get("proposed_at", Instant.class)));
    if (kind == DiscrepancyKind.RULE_BROKEN) {
      return new DiscrepancyView(name, kind, state, Optional.of(owner), provider, service, Optional.empty(),
          Optional.empty(), Optional.of(new DiscrepancyView.Breach(row.get("rule", String.class),
              row.get("expected", String.class), row.get("actual", String.class), row.get("block", Long.class))),
          Optional.empty(), since, resolution, Optional.empty());
    }
    Optional<SettlementId> settlement = Optional.of(name).filter(text -> !text.isEmpty()).map(SettlementId::parse);
    SubAccountId subAccount = new SubAccountId(owner, provider.orElseThrow(), service.orElseThrow());
    return new DiscrepancyView(
        new DifferenceKey(DifferenceKey.Kind.of(kind.word()), settlement, subAccount).toString(), kind, state,
        Optional.of(owner), provider, service, settlement,
        Optional.of(new NeuronSum(row.get("amount", BigDecimal.class).toBigIntegerExact())), Optional.empty(),
        Optional.empty(), since, resolution, proposal);
  }
}
