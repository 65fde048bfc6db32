/** People, projects and keys, and what they may do. */
@NullMarked
package io.tenure.gateway.domain;

import org.jspecify.annotations.NullMarked;
