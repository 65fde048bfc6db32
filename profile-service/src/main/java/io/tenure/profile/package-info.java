/** The profile service: its wiring and its settings. */
@NullMarked
package io.tenure.profile;

import org.jspecify.annotations.NullMarked;
