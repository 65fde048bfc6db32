/** The steps that judge a record before it is written down. */
@NullMarked
package io.tenure.collector.domain.intake;

import org.jspecify.annotations.NullMarked;
