/** The access service: sessions, keys, projects and health. */
@NullMarked
package io.tenure.gateway.api.access;

import org.jspecify.annotations.NullMarked;
