/** Sessions: how users come, stay and leave. */
@NullMarked
package io.tenure.segment.domain.session;

import org.jspecify.annotations.NullMarked;
