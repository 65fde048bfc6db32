/** Attribution: which touches conversions are owed to. */
@NullMarked
package io.tenure.segment.domain.attribution;

import org.jspecify.annotations.NullMarked;
