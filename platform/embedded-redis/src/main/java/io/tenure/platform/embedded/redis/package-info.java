/**
 * A real Redis server as a child of this process, on a directory of its own, so that the platform
 * runs with nothing else installed.
 */
@NullMarked
package io.tenure.platform.embedded.redis;

import org.jspecify.annotations.NullMarked;
