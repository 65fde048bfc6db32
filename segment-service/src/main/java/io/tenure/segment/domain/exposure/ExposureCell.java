package io.tenure.segment.domain.exposure;

import io.tenure.segment.domain.journey.Label;

/** One number of an exposure query, behind which there are users. */
public sealed interface ExposureCell {

  /**
   * Views of a page.
   *
   * @param tenths reached, of ten; 0 for all views
   */
  record Page(Label page, int tenths) implements ExposureCell {}

  /** What happened to an element. */
  record Element(Label element, Figure figure) implements ExposureCell {}

  /** What happens to an element. */
  enum Figure {
    /** It was seen. */
    SEEN,
    /** It was clicked. */
    CLICKED,
    /** It was clicked by somebody who had seen it. */
    CLICKED_WHEN_SEEN
  }
}
