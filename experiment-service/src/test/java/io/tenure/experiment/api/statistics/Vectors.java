package io.tenure.experiment.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.proto.experiment.v1.ArmSample;
import io.tenure.proto.experiment.v1.MeanSummary;
import io.tenure.proto.experiment.v1.MetricSample;
import io.tenure.proto.experiment.v1.ProportionCounts;
import io.tenure.proto.experiment.v1.SampleSums;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers computed by an independent source, and the messages that ask for them. */
final class Vectors {

  private Vectors() {}

  /** The cases of a kind in the file of a subject. */
  static List<JsonNode> cases(String subject, String kind) {
    Path file = Path.of("../proto/spec/statistics/" + subject + ".json");
    List<JsonNode> cases = list(JsonMapper.shared().readTree(file).path(kind));
    assertThat(cases).as(kind).isNotEmpty();
    return cases;
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static void assertClose(double actual, JsonNode expected, String what) {
    assertClose(actual, expected.doubleValue(), what);
  }

  static void assertClose(double actual, double expected, String what) {
    assertThat(Math.abs(actual - expected))
        .as("%s: %s, expected %s", what, actual, expected)
        .isLessThanOrEqualTo(1e-8 * Math.abs(expected) + 1e-13);
  }

  static MetricSample mean(long units, double mean, double variance) {
    return MetricSample.newBuilder()
        .setMean(MeanSummary.newBuilder().setUnits(units).setMean(mean).setVariance(variance))
        .build();
  }

  static MetricSample rate(long successes, long units) {
    return MetricSample.newBuilder()
        .setProportion(ProportionCounts.newBuilder().setSuccesses(successes).setUnits(units))
        .build();
  }

  static SampleSums.Builder sums(long units) {
    return SampleSums.newBuilder().setUnits(units);
  }

  /** Raw sums of single units, each a number or a list of them. */
  static SampleSums sums(JsonNode units) {
    int size = Math.max(1, units.get(0).size());
    double[] sums = new double[size];
    double[] products = new double[size * (size + 1) / 2];
    for (JsonNode unit : units) {
      for (int i = 0; i < size; i++) {
        double first = component(unit, i);
        sums[i] += first;
        for (int j = 0; j <= i; j++) {
          products[i * (i + 1) / 2 + j] += first * component(unit, j);
        }
      }
    }
    SampleSums.Builder message = SampleSums.newBuilder().setUnits(units.size());
    for (double sum : sums) {
      message.addSums(sum);
    }
    for (double product : products) {
      message.addProducts(product);
    }
    return message.build();
  }

  /** The same with products around the means, which keep their digits. */
  static SampleSums centred(JsonNode units) {
    SampleSums raw = sums(units);
    int size = raw.getSumsCount();
    double[] products = new double[raw.getProductsCount()];
    for (JsonNode unit : units) {
      for (int i = 0; i < size; i++) {
        double first = component(unit, i) - raw.getSums(i) / units.size();
        for (int j = 0; j <= i; j++) {
          double second = component(unit, j) - raw.getSums(j) / units.size();
          products[i * (i + 1) / 2 + j] += first * second;
        }
      }
    }
    SampleSums.Builder message = raw.toBuilder().clearProducts().setCentred(true);
    for (double product : products) {
      message.addProducts(product);
    }
    return message.build();
  }

  static ArmSample arm(String name, MetricSample sample) {
    return ArmSample.newBuilder().setArm(name).setSample(sample).build();
  }

  /** The fields a call complains of. */
  static List<String> violations(ThrowingCallable call) {
    Failure failure = catchThrowableOfType(Failure.class, call);
    assertThat(failure).as("a failure").isNotNull();
    return failure.violations().stream().map(FieldViolation::field).toList();
  }

  /** No number of a message, at any depth, is infinite or none. */
  static void assertFinite(Message message) {
    message.getAllFields().forEach((field, value) -> assertFinite(field, value));
  }

  private static void assertFinite(FieldDescriptor field, Object value) {
    if (value instanceof List<?> values) {
      values.forEach(one -> assertFinite(field, one));
    } else if (value instanceof Message nested) {
      assertFinite(nested);
    } else if (value instanceof Double number) {
      assertThat(Double.isFinite(number)).as(field.getFullName() + " is " + number).isTrue();
    }
  }

  private static double component(JsonNode unit, int index) {
    return unit.isArray() ? unit.get(index).doubleValue() : unit.doubleValue();
  }
}
