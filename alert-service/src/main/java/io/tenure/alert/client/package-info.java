/** Questions to the segment and profile services. */
@NullMarked
package io.tenure.alert.client;

import org.jspecify.annotations.NullMarked;
