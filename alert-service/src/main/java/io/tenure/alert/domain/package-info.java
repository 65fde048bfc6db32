/** Rules, receivers, alerts, and what they need from outside. */
@NullMarked
package io.tenure.alert.domain;

import org.jspecify.annotations.NullMarked;
