package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.Fields;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.ElementExposure;
import io.tenure.proto.analysis.v1.ExposedElement;
import io.tenure.proto.analysis.v1.ExposedPage;
import io.tenure.proto.analysis.v1.ExposureCount;
import io.tenure.proto.analysis.v1.PageExposure;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.exposure.Exposure;
import io.tenure.segment.domain.exposure.ExposureCell;
import io.tenure.segment.domain.exposure.ExposureCell.Figure;
import io.tenure.segment.domain.exposure.ExposureQuery;
import io.tenure.segment.domain.exposure.Exposures;
import io.tenure.segment.domain.journey.Column;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to exposure. */
@Component
public final class ExposureDoor implements ModelDoor<ExposureQuery, Exposure, ExposureCell> {

  private static final String PATH = "query.exposure";
  private static final String CELL = "cell.exposure";

  private final Exposures exposures;

  /** A door to the given exposure. */
  public ExposureDoor(Exposures exposures) {
    this.exposures = exposures;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.EXPOSURE;
  }

  @Override
  public Exposures model() {
    return exposures;
  }

  @Override
  public ExposureQuery question(AnalysisQuery query, Scope scope) {
    var asked = query.getExposure();
    ExposureQuery.@Nullable Pages pages = asked.hasPages() ? pages(asked.getPages()) : null;
    ExposureQuery.@Nullable Elements elements =
        asked.hasElements() ? elements(asked.getElements()) : null;
    SessionRule rule = SessionReader.read(PATH + ".cut", asked.getCut());
    return at(PATH + ".pages", () -> new ExposureQuery(scope, pages, elements, rule));
  }

  @Override
  public ExposureCell cell(AnalysisCell cell, ExposureQuery question) {
    var named = cell.getExposure();
    return switch (named.getSubjectCase()) {
      case PAGE -> {
        int percent = named.getPercent();
        if (percent < 0 || percent > 100 || percent % 10 != 0) {
          throw Failure.invalid(CELL + ".percent", "must be a multiple of 10 up to 100");
        }
        yield new ExposureCell.Page(LabelReader.read(named.getPage()), percent / 10);
      }
      case ELEMENT ->
          new ExposureCell.Element(
              LabelReader.read(named.getElement()),
              switch (named.getFigure()) {
                case EXPOSURE_FIGURE_UNSPECIFIED, EXPOSURE_FIGURE_SEEN -> Figure.SEEN;
                case EXPOSURE_FIGURE_CLICKED -> Figure.CLICKED;
                case EXPOSURE_FIGURE_CLICKED_WHEN_SEEN -> Figure.CLICKED_WHEN_SEEN;
                case UNRECOGNIZED ->
                    throw Failure.invalid(CELL + ".figure", "is none this version knows");
              });
      case SUBJECT_NOT_SET -> throw Failure.invalid(CELL + ".page", "or an element is required");
    };
  }

  @Override
  public void write(AnalysisQuery query, Exposure exposure, AnalysisResult.Builder result) {
    var message = result.getExposureBuilder();
    for (Exposure.Page page : exposure.pages()) {
      ExposedPage.Builder written =
          ExposedPage.newBuilder()
              .setPage(LabelReader.write(page.label()))
              .setViews(count(page.views()));
      page.reached().forEach(reached -> written.addReached(count(reached)));
      if (page.medianDwell() != null) {
        written.setMedianDwell(Fields.duration(page.medianDwell()));
      }
      message.addPages(written);
    }
    for (Exposure.Element element : exposure.elements()) {
      message.addElements(
          ExposedElement.newBuilder()
              .setElement(LabelReader.write(element.label()))
              .setSeen(count(element.seen()))
              .setClicked(count(element.clicked()))
              .setClickedWhenSeen(count(element.clickedWhenSeen()))
              .setClickRate(element.clickRate())
              .setUserClickRate(element.userClickRate()));
    }
  }

  private static ExposureQuery.Pages pages(PageExposure pages) {
    String path = PATH + ".pages";
    return new ExposureQuery.Pages(
        ScopeReader.required(path + ".view", pages.hasView(), pages.getView()),
        ScopeReader.required(path + ".scroll", pages.hasScroll(), pages.getScroll()),
        property(path + ".page_property", pages.getPageProperty()),
        property(path + ".depth_property", pages.getDepthProperty()));
  }

  private static ExposureQuery.Elements elements(ElementExposure elements) {
    String path = PATH + ".elements";
    return new ExposureQuery.Elements(
        ScopeReader.required(path + ".seen", elements.hasSeen(), elements.getSeen()),
        ScopeReader.required(path + ".clicked", elements.hasClicked(), elements.getClicked()),
        property(path + ".element_property", elements.getElementProperty()));
  }

  private static Column.Property property(String path, String name) {
    return at(path, () -> new Column.Property(name));
  }

  private static ExposureCount count(Exposure.Count count) {
    return ExposureCount.newBuilder().setTimes(count.times()).setUsers(count.users()).build();
  }
}
