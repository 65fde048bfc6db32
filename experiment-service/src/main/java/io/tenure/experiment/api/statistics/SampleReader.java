package io.tenure.experiment.api.statistics;

import io.tenure.proto.experiment.v1.MeanSummary;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.ProportionCounts;
import io.tenure.proto.experiment.v1.QuantileBounds;
import io.tenure.proto.experiment.v1.SampleSums;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.List;

/** What an arm's units did, from its message. */
final class SampleReader {

  private static final int MOST_COMPONENTS = 21;

  private SampleReader() {}

  static void inspect(Inspection inspection, String field, MetricSample sample) {
    switch (sample.getKindCase()) {
      case MEAN -> mean(inspection, field + ".mean", sample.getMean());
      case MEAN_SUMS -> sums(inspection, field + ".mean_sums", sample.getMeanSums(), 1);
      case PROPORTION -> proportion(inspection, field + ".proportion", sample.getProportion());
      case RATIO_SUMS -> sums(inspection, field + ".ratio_sums", sample.getRatioSums(), 2);
      case QUANTILE -> quantile(inspection, field + ".quantile", sample.getQuantile());
      case KIND_NOT_SET -> inspection.require(false, field, "needs a kind of sample");
    }
  }

  /** The sample of a message that was inspected. */
  static Sample read(MetricSample sample) {
    return switch (sample.getKindCase()) {
      case MEAN -> {
        MeanSummary mean = sample.getMean();
        yield MeanSample.of(mean.getUnits(), mean.getMean(), mean.getVariance());
      }
      case MEAN_SUMS -> new MeanSample(moments(sample.getMeanSums()));
      case PROPORTION -> {
        ProportionCounts counts = sample.getProportion();
        yield new ProportionSample(counts.getSuccesses(), counts.getUnits());
      }
      case RATIO_SUMS -> new RatioSample(moments(sample.getRatioSums()));
      case QUANTILE -> {
        QuantileBounds bounds = sample.getQuantile();
        yield new QuantileSample(
            bounds.getUnits(),
            bounds.getQuantile(),
            bounds.getValue(),
            bounds.getLow(),
            bounds.getHigh(),
            boundUnits(bounds),
            inflation(bounds));
      }
      case KIND_NOT_SET -> throw new IllegalStateException("Samples are inspected before");
    };
  }

  /** What makes samples comparable: their kind, the components and the quantile. */
  static String shape(MetricSample sample) {
    return switch (sample.getKindCase()) {
      case MEAN -> "MEAN 1";
      case MEAN_SUMS -> "MEAN " + sample.getMeanSums().getSumsCount();
      case RATIO_SUMS -> "RATIO " + sample.getRatioSums().getSumsCount();
      case QUANTILE -> "QUANTILE " + sample.getQuantile().getQuantile();
      case PROPORTION, KIND_NOT_SET -> sample.getKindCase().name();
    };
  }

  /** How many covariates the metric has. */
  static int covariates(MetricSample sample) {
    return switch (sample.getKindCase()) {
      case MEAN_SUMS -> sample.getMeanSums().getSumsCount() - 1;
      case RATIO_SUMS -> sample.getRatioSums().getSumsCount() / 2 - 1;
      case MEAN, PROPORTION, QUANTILE, KIND_NOT_SET -> 0;
    };
  }

  private static void mean(Inspection inspection, String field, MeanSummary mean) {
    inspection.units(field + ".units", mean.getUnits(), 0);
    inspection.number(field + ".mean", mean.getMean());
    inspection.between(
        field + ".variance", mean.getVariance(), 0, 1e200, "not negative, at most 1e200");
  }

  private static void proportion(Inspection inspection, String field, ProportionCounts counts) {
    inspection.units(field + ".units", counts.getUnits(), 0);
    inspection.require(
        counts.getSuccesses() >= 0 && counts.getSuccesses() <= counts.getUnits(),
        field + ".successes",
        "0 to the number of units");
  }

  private static void sums(Inspection inspection, String field, SampleSums sums, int width) {
    boolean good = inspection.units(field + ".units", sums.getUnits(), 0);
    int count = sums.getSumsCount();
    good &=
        inspection.require(
            count >= width && count <= MOST_COMPONENTS * width && count % width == 0,
            field + ".sums",
            width == 1 ? "1 to 21 of them" : "2 to 42 of them, in pairs");
    good &=
        inspection.require(
            sums.getProductsCount() == count * (count + 1) / 2,
            field + ".products",
            "as many as pairs of components, each with itself too: " + count * (count + 1) / 2);
    for (int i = 0; good && i < count; i++) {
      good = inspection.number(field + ".sums[" + i + "]", sums.getSums(i));
    }
    for (int i = 0; good && i < sums.getProductsCount(); i++) {
      good = inspection.square(field + ".products[" + i + "]", sums.getProducts(i));
    }
    if (good) {
      consistent(inspection, field, sums);
    }
  }

  private static void consistent(Inspection inspection, String field, SampleSums sums) {
    try {
      moments(sums);
    } catch (IllegalArgumentException impossible) {
      inspection.require(false, field + ".products", "no values have these sums and squares");
    }
  }

  private static void quantile(Inspection inspection, String field, QuantileBounds bounds) {
    inspection.units(field + ".units", bounds.getUnits(), 1);
    inspection.require(
        bounds.getQuantile() >= 1e-6 && bounds.getQuantile() <= 1 - 1e-6,
        field + ".quantile",
        "within (0, 1), 0.000001 from both");
    inspection.number(field + ".value", bounds.getValue());
    inspection.number(field + ".low", bounds.getLow());
    inspection.number(field + ".high", bounds.getHigh());
    inspection.require(
        bounds.getLow() <= bounds.getValue() && bounds.getValue() <= bounds.getHigh(),
        field + ".value",
        "between low and high");
    inspection.require(
        boundUnits(bounds) >= 1 && boundUnits(bounds) <= bounds.getUnits(),
        field + ".bound_units",
        "1 to the number of units");
    inspection.between(
        field + ".inflation", inflation(bounds), 1e-6, 1e12, "positive, 0.000001 to 1e12");
  }

  private static long boundUnits(QuantileBounds bounds) {
    return bounds.getBoundUnits() == 0 ? bounds.getUnits() : bounds.getBoundUnits();
  }

  private static double inflation(QuantileBounds bounds) {
    return bounds.getInflation() == 0 ? 1 : bounds.getInflation();
  }

  private static Moments moments(SampleSums message) {
    double[] sums = doubles(message.getSumsList());
    double[] products = doubles(message.getProductsList());
    return message.getCentred()
        ? Moments.ofCentred(message.getUnits(), sums, products)
        : Moments.ofSums(message.getUnits(), sums, products);
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
