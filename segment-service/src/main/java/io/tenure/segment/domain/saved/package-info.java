/** Questions and dashboards that are kept. */
@NullMarked
package io.tenure.segment.domain.saved;

import org.jspecify.annotations.NullMarked;
