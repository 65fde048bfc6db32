/** What mobile SDKs fetch when they start: switches, and the key to encrypt with. */
@NullMarked
package io.tenure.collector.domain.remoteconfig;

import org.jspecify.annotations.NullMarked;
