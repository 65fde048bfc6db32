package io.tenure.profile.domain.computed;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whether something grows: the median of the slopes between all pairs of windows (Theil 1950, Sen
 * 1968), which one odd window does not move, as part of the mean.
 */
final class Trend {

  private Trend() {}

  /** The change per window as part of the mean; empty when fewer than two windows have anything. */
  static Optional<Double> relativeSlope(double[] windows) {
    double mean = Arrays.stream(windows).map(Math::abs).average().orElse(0);
    if (Arrays.stream(windows).filter(value -> value != 0).count() < 2) {
      return Optional.empty();
    }
    int count = windows.length;
    double[] slopes = new double[count * (count - 1) / 2];
    int next = 0;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        slopes[next++] = (windows[j] - windows[i]) / (j - i);
      }
    }
    Arrays.sort(slopes);
    double median = (slopes[(next - 1) / 2] + slopes[next / 2]) / 2;
    return Optional.of(median / mean);
  }
}
