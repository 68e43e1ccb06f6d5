package io.neuronledger.query.runway;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.contracts.view.runway.RunwayView;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.export.job.ExportedPage;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ValueFilter;
import io.neuronledger.query.usage.SpendableParts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Predicts for every open sub-account that was used in the last days. All of them are looked at for each page; what is
 * kept of them is the page. Of some owners, those that are refused can be asked for that are no longer used.
 */
public final class AtRiskQueries {
  private static final String LIST = "at-risk2";
  private static final int CURSOR_PARTS = 4;
  private static final int FETCH_SIZE = 1_000;

  /** {0} the answer's block and {2} its time; {1} from which hour on use counts; {3} of whom, if not of all. */
  private static final String SUB_ACCOUNTS = """
      SELECT meter.owner::bytea AS owner, meter.provider::bytea AS provider, meter.service,
        coalesce(uses.hours, ARRAY[]::timestamptz[]) AS hours, coalesce(uses.fees, ARRAY[]::numeric[]) AS fees,
        (SELECT first.hour FROM usage_hour AS first
          WHERE first.owner = meter.owner AND first.provider = meter.provider AND first.service = meter.service
            AND first.source = 'direct' ORDER BY first.hour LIMIT 1) AS first_hour,
        now.free - GREATEST(meter.used::numeric - coalesce(last.claimed, 0), 0) AS uncommitted,
        %s AS quarantined
      FROM usage_meter AS meter
      CROSS JOIN LATERAL (
        SELECT array_agg(each.hour) AS hours, array_agg(each.fees) AS fees
        FROM (SELECT known.hour, sum(known.fees::numeric) AS fees FROM usage_hour AS known
          WHERE known.owner = meter.owner AND known.provider = meter.provider AND known.service = meter.service
            AND known.source = 'direct' AND known.hour >= {1} AND known.hour <= {2}
          GROUP BY known.hour HAVING sum(known.fees::numeric) > 0) AS each) AS uses
      CROSS JOIN LATERAL (%s) AS now
      LEFT JOIN LATERAL (%s) AS last ON TRUE
      WHERE meter.requests > 0 AND now.open AND\s"""
      .formatted(Visibility.quarantined("meter.owner"), SpendableParts.free("meter", "{0}"),
          SpendableParts.claimed("meter", "{0}"));
  private static final String OF_OWNERS = " AND meter.owner = ANY ({3})";
  private static final String IN_USE = SUB_ACCOUNTS + "uses.hours IS NOT NULL";
  /** A statement of its own, so that a plan that is made once reads the owners by their index. */
  private static final String IN_USE_OF_OWNERS = IN_USE + OF_OWNERS;
  private static final String NO_LONGER_USED = SUB_ACCOUNTS + "uses.hours IS NULL" + OF_OWNERS;

  /**
   * Where a line comes in the list: those that are refused already at the beginning, the others by the time that is
   * left, which a later block changes less than the instant.
   */
  private record Place(long secondsLeft, WalletAddress owner, ServiceName service, WalletAddress provider)
      implements Comparable<Place> {
    private static final long REFUSED = -1;
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::secondsLeft)
        .thenComparing(Place::owner).thenComparing(Place::service).thenComparing(Place::provider);

    static Place of(AtRiskPage.Line line, Instant now) {
      return new Place(line.runway().earliest().map(earliest -> Duration.between(now, earliest).toSeconds())
          .orElse(REFUSED), line.owner(), line.service(), line.provider());
    }

    static Place of(List<String> cursor) {
      return new Place(seconds(cursor.get(0)), Page.address(cursor.get(1)), service(cursor.get(2)),
          Page.address(cursor.get(3)));
    }

    private static long seconds(String number) {
      try {
        return Long.parseLong(number);
      } catch (NumberFormatException e) {
        throw Page.badCursor();
      }
    }

    private static ServiceName service(String name) {
      try {
        return new ServiceName(name);
      } catch (IllegalArgumentException e) {
        throw Page.badCursor();
      }
    }

    String cursor() {
      return Page.cursor(LIST, String.valueOf(secondsLeft), owner.value(), service.value(), provider.value());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private final Neuron minimum;

  /** @param minimum below which providers refuse, in neuron */
  public AtRiskQueries(Neuron minimum) {
    this.minimum = minimum;
  }

  AtRiskPage page(AtRiskFilter filter, Page page, AsOf asOf, DSLContext db) {
    Optional<Place> after = page.after(LIST, CURSOR_PARTS).map(Place::of);
    Comparator<AtRiskPage.Line> order = order(asOf);
    PriorityQueue<AtRiskPage.Line> first = new PriorityQueue<>(order.reversed());
    atRisk(filter.within(), Set.of(), asOf, db, line -> {
      if (after.isEmpty() || Place.of(line, asOf.blockTime()).compareTo(after.get()) > 0) {
        first.add(line);
        if (first.size() > page.limit() + 1) {
          first.remove();
        }
      }
    });
    List<AtRiskPage.Line> found = first.stream().sorted(order).toList();
    boolean hasMore = found.size() > page.limit();
    List<AtRiskPage.Line> shown = hasMore ? found.subList(0, page.limit()) : found;
    return new AtRiskPage(asOf, shown, hasMore,
        hasMore ? Optional.of(Place.of(shown.getLast(), asOf.blockTime()).cursor()) : Optional.empty());
  }

  /** The whole list as one page, because each page reads all. */
  ExportedPage<AtRiskPage.Line> exported(AtRiskFilter filter, AsOf asOf, DSLContext db) {
    List<AtRiskPage.Line> lines = of(Set.of(), filter.within(), asOf, db).stream().sorted(order(asOf)).toList();
    return new ExportedPage<>(lines, Optional.empty());
  }

  private static Comparator<AtRiskPage.Line> order(AsOf asOf) {
    return Comparator.comparing(line -> Place.of(line, asOf.blockTime()));
  }

  /** @param owners of whom; empty: of all */
  public List<AtRiskPage.Line> of(Set<WalletAddress> owners, Duration within, AsOf asOf, DSLContext db) {
    List<AtRiskPage.Line> lines = new ArrayList<>();
    atRisk(within, owners, asOf, db, lines::add);
    return lines;
  }

  /** Those of some owners that are refused, and were not used in the last days. */
  public List<AtRiskPage.Line> refusedUnused(Set<WalletAddress> owners, AsOf asOf, DSLContext db) {
    List<AtRiskPage.Line> lines = new ArrayList<>();
    each(NO_LONGER_USED, owners, asOf, db, line -> line.runway().state() == RunwayView.State.REFUSED, lines::add);
    return lines;
  }

  private void atRisk(Duration within, Set<WalletAddress> owners, AsOf asOf, DSLContext db,
      Consumer<AtRiskPage.Line> found) {
    Instant until = asOf.blockTime().plus(within);
    each(owners.isEmpty() ? IN_USE : IN_USE_OF_OWNERS, owners, asOf, db, line -> isAtRisk(line.runway(), until), found);
  }

  private void each(String statement, Set<WalletAddress> owners, AsOf asOf, DSLContext db,
      Predicate<AtRiskPage.Line> wanted, Consumer<AtRiskPage.Line> found) {
    Instant now = asOf.blockTime();
    try (Stream<Record> rows = db.resultQuery(statement, val(asOf.block()),
        val(HourlyUse.since(now).atOffset(ZoneOffset.UTC)), val(now.atOffset(ZoneOffset.UTC)),
        ValueFilter.addresses(owners)).fetchSize(FETCH_SIZE).fetchStream()) {
      rows.map(row -> line(row, now)).filter(wanted).forEach(found);
    }
  }

  private static boolean isAtRisk(RunwayView runway, Instant until) {
    return runway.state() == RunwayView.State.REFUSED
        || runway.earliest().filter(earliest -> !earliest.isAfter(until)).isPresent();
  }

  private AtRiskPage.Line line(Record row, Instant now) {
    Map<Instant, NeuronSum> fees = new HashMap<>();
    Instant[] hours = row.get("hours", Instant[].class);
    BigDecimal[] sums = row.get("fees", BigDecimal[].class);
    for (int i = 0; i < hours.length; i++) {
      fees.put(hours[i], new NeuronSum(sums[i].toBigIntegerExact()));
    }
    HourlyUse use = HourlyUse.of(fees, row.get("first_hour", Instant.class), now);
    return new AtRiskPage.Line(address(row, "owner"), address(row, "provider"),
        new ServiceName(row.get("service", String.class)), row.get("quarantined", Boolean.class),
        Runway.of(new NeuronSum(row.get("uncommitted", BigDecimal.class).toBigIntegerExact()), minimum, use, now));
  }

  private static WalletAddress address(Record row, String column) {
    return WalletAddress.of(row.get(column, byte[].class));
  }
}
