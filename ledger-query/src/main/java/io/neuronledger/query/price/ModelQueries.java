package io.neuronledger.query.price;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.price.ModelsPage;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * The models that a price is in force for or that usage was reported of. Those of usage are found from name to name
 * along an index: the cost does not depend on the number of rows that each has.
 */
final class ModelQueries {
  private static final String MODELS = "models2";
  /** {0} the answer's block, {1} the end of the previous page, {2} the maximum number of rows. */
  private static final String NAMES = """
      WITH RECURSIVE used (model) AS (
          (SELECT model FROM usage_hour WHERE model > {1} ORDER BY model LIMIT 1)
          UNION ALL
          SELECT (SELECT next.model FROM usage_hour AS next WHERE next.model > used.model ORDER BY next.model LIMIT 1)
          FROM used WHERE used.model IS NOT NULL),
      newest AS (
          SELECT DISTINCT ON (provider, service) model, price
          FROM service_price WHERE block <= {0}
          ORDER BY provider, service, block DESC),
      named (model) AS (
          (SELECT model FROM used WHERE model IS NOT NULL LIMIT {2})
          UNION
          SELECT model FROM newest WHERE price IS NOT NULL AND model > {1})
      SELECT named.model, (SELECT hour FROM usage_hour WHERE usage_hour.model = named.model
          ORDER BY hour DESC LIMIT 1) AS used
      FROM named ORDER BY named.model LIMIT {2}""";
  /** The exact ones first, then the cheapest. */
  private static final Comparator<PriceView> SHOWN_FIRST = Comparator
      .comparing((PriceView price) -> !Quotes.isExact(price))
      .thenComparing(price -> price.outputPrice().orElse(Neuron.ZERO)).thenComparing(PriceView::inputPrice)
      .thenComparing(PriceView::provider).thenComparing(PriceView::service);

  private final PriceQueries prices;

  ModelQueries(PriceQueries prices) {
    this.prices = prices;
  }

  ModelsPage page(Page page, AsOf asOf, DSLContext db) {
    String after = page.after(MODELS, 1).map(List::getFirst).orElse("");
    List<Record> rows = List.copyOf(db.resultQuery(NAMES, val(asOf.block()), val(after), val(page.limit() + 1))
        .fetch());
    List<Record> shown = rows.stream().limit(page.limit()).toList();
    Map<String, List<PriceView>> priced = prices.of(shown.stream().map(ModelQueries::name).toList(), asOf, db).stream()
        .collect(Collectors.groupingBy(price -> price.model().orElseThrow()));
    List<ModelsPage.Line> lines = shown.stream().map(row -> line(name(row),
        priced.getOrDefault(name(row).value(), List.of()), Optional.ofNullable(row.get("used", Instant.class))))
        .toList();
    boolean hasMore = rows.size() > page.limit();
    return new ModelsPage(asOf, lines, hasMore,
        hasMore ? Optional.of(Page.cursor(MODELS, lines.getLast().id().value())) : Optional.empty());
  }

  private static ModelName name(Record row) {
    return new ModelName(row.get("model", String.class));
  }

  private static ModelsPage.Line line(ModelName model, List<PriceView> offers, Optional<Instant> lastUsedHour) {
    Optional<PriceView> first = offers.stream().min(SHOWN_FIRST);
    return new ModelsPage.Line(model, first.map(PriceView::serviceType),
        first.filter(Quotes::isExact).map(ModelQueries::pricing),
        offers.stream().map(PriceView::provider).distinct().count(), first.flatMap(PriceView::verifiability),
        lastUsedHour);
  }

  private static ModelsPage.Pricing pricing(PriceView price) {
    return new ModelsPage.Pricing(price.inputPrice(), price.outputPrice().orElseThrow(), price.cachedInputPrice(),
        price.tiers().stream().map(tier -> new ModelsPage.Tier(tier.maxInputTokens(), tier.inputPrice(),
            tier.outputPrice(), tier.cachedInputPrice())).toList());
  }
}
