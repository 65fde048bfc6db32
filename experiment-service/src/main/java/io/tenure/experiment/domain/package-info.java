/** Flags, their evaluation, and what it needs to know about a user; nothing here does I/O. */
@NullMarked
package io.tenure.experiment.domain;

import org.jspecify.annotations.NullMarked;
