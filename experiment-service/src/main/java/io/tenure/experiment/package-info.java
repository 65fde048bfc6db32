/** The experiment service: feature flags decided from memory. */
@NullMarked
package io.tenure.experiment;

import org.jspecify.annotations.NullMarked;
