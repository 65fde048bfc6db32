/** Stored traits and memberships, asked of the services that own them. */
@NullMarked
package io.tenure.experiment.client;

import org.jspecify.annotations.NullMarked;
