/** What there is to ask about: names of events, their properties and values. */
@NullMarked
package io.tenure.segment.domain.catalogue;

import org.jspecify.annotations.NullMarked;
