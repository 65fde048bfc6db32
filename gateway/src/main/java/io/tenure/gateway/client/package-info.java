/** Questions to other services about their health. */
@NullMarked
package io.tenure.gateway.client;

import org.jspecify.annotations.NullMarked;
