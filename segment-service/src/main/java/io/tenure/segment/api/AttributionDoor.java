package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AttributionCredit;
import io.tenure.proto.analysis.v1.AttributionRow;
import io.tenure.proto.analysis.v1.AttributionTouch;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.attribution.Attribution;
import io.tenure.segment.domain.attribution.AttributionCell;
import io.tenure.segment.domain.attribution.AttributionModel;
import io.tenure.segment.domain.attribution.AttributionQuery;
import io.tenure.segment.domain.attribution.AttributionQuery.Touch;
import io.tenure.segment.domain.attribution.AttributionRules;
import io.tenure.segment.domain.attribution.Attributions;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Relation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to attributions. */
@Component
public final class AttributionDoor
    implements ModelDoor<AttributionQuery, Attribution, AttributionCell> {

  private static final String PATH = "query.attribution";

  private final Attributions attributions;

  /** A door to the given attributions. */
  public AttributionDoor(Attributions attributions) {
    this.attributions = attributions;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.ATTRIBUTION;
  }

  @Override
  public Attributions model() {
    return attributions;
  }

  @Override
  public AttributionQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getAttribution();
    List<EventSelector> targets = PathReader.selectors(PATH + ".targets", asked.getTargetsList());
    Column.@Nullable Property amount =
        LabelReader.property(PATH + ".amount_property", asked.getAmountProperty());
    Column.@Nullable Property property =
        LabelReader.property(PATH + ".property", asked.getProperty());
    List<Touch> touches = touches(asked.getTouchesList());
    @Nullable Relation relation =
        LabelReader.relation(PATH + ".relation", asked.hasRelation(), asked.getRelation());
    AttributionRules rules = rules(asked);
    return at(
        PATH + ".touches",
        () ->
            new AttributionQuery(
                scope,
                targets,
                amount,
                touches,
                property,
                Set.copyOf(asked.getDirectValuesList()),
                relation,
                rules));
  }

  @Override
  public AttributionCell cell(AnalysisCell cell, AttributionQuery question) {
    var named = cell.getAttribution();
    @Nullable AttributionModel model =
        switch (named.getModel()) {
          case ATTRIBUTION_MODEL_UNSPECIFIED -> null;
          case ATTRIBUTION_MODEL_FIRST -> AttributionModel.FIRST;
          case ATTRIBUTION_MODEL_LAST -> AttributionModel.LAST;
          case ATTRIBUTION_MODEL_LAST_NON_DIRECT -> AttributionModel.LAST_NON_DIRECT;
          case ATTRIBUTION_MODEL_LINEAR -> AttributionModel.LINEAR;
          case ATTRIBUTION_MODEL_POSITION -> AttributionModel.POSITION;
          case ATTRIBUTION_MODEL_TIME_DECAY -> AttributionModel.TIME_DECAY;
          case UNRECOGNIZED ->
              throw Failure.invalid("cell.attribution.model", "is none this version knows");
        };
    return new AttributionCell(
        model, named.getUntouched() ? null : LabelReader.read(named.getSource()));
  }

  @Override
  public void write(AnalysisQuery query, Attribution attribution, AnalysisResult.Builder result) {
    var message =
        result
            .getAttributionBuilder()
            .setConversions(attribution.conversions())
            .setUsers(attribution.users())
            .setAmount(text(attribution.amount()))
            .setWithoutAmount(attribution.withoutAmount())
            .setIncomplete(attribution.incomplete());
    for (Attribution.Row row : attribution.rows()) {
      AttributionRow.Builder written =
          AttributionRow.newBuilder().setUntouched(row.source() == null);
      if (row.source() != null) {
        written.setSource(LabelReader.write(row.source()));
      }
      row.credits().forEach(credit -> written.addCredits(credit(credit)));
      message.addRows(written);
    }
  }

  private static AttributionCredit credit(Attribution.Credit credit) {
    return AttributionCredit.newBuilder()
        .setModel(model(credit.model()))
        .setConversions(text(credit.conversions()))
        .setAmount(text(credit.amount()))
        .setUsers(credit.users())
        .build();
  }

  private static io.tenure.proto.analysis.v1.AttributionModel model(AttributionModel model) {
    return switch (model) {
      case FIRST -> io.tenure.proto.analysis.v1.AttributionModel.ATTRIBUTION_MODEL_FIRST;
      case LAST -> io.tenure.proto.analysis.v1.AttributionModel.ATTRIBUTION_MODEL_LAST;
      case LAST_NON_DIRECT ->
          io.tenure.proto.analysis.v1.AttributionModel.ATTRIBUTION_MODEL_LAST_NON_DIRECT;
      case LINEAR -> io.tenure.proto.analysis.v1.AttributionModel.ATTRIBUTION_MODEL_LINEAR;
      case POSITION -> io.tenure.proto.analysis.v1.AttributionModel.ATTRIBUTION_MODEL_POSITION;
      case TIME_DECAY -> io.tenure.proto.analysis.v1.AttributionModel.ATTRIBUTION_MODEL_TIME_DECAY;
    };
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null
        ? ""
        : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static List<Touch> touches(List<AttributionTouch> touches) {
    List<Touch> read = new ArrayList<>();
    for (int index = 0; index < touches.size(); index++) {
      String path = PATH + ".touches[" + index + "]";
      AttributionTouch touch = touches.get(index);
      EventSelector selector = ConditionReader.selector(path + ".selector", touch.getSelector());
      read.add(at(path + ".name", () -> new Touch(touch.getName(), selector)));
    }
    return read;
  }

  private static AttributionRules rules(io.tenure.proto.analysis.v1.AttributionQuery asked) {
    AttributionRules usual = AttributionRules.USUAL;
    Duration lookback =
        asked.hasLookback()
            ? Fields.duration(PATH + ".lookback", asked.getLookback())
            : usual.lookback();
    Duration halfLife =
        asked.hasHalfLife()
            ? Fields.duration(PATH + ".half_life", asked.getHalfLife())
            : usual.halfLife();
    int first = asked.hasFirstPercent() ? asked.getFirstPercent() : usual.firstPercent();
    int last = asked.hasLastPercent() ? asked.getLastPercent() : usual.lastPercent();
    return at(
        PATH + ".lookback",
        () -> new AttributionRules(lookback, first, last, halfLife, asked.getSingleUse()));
  }
}
