/** Warns about users who are about to leave: wiring and configuration of the service. */
@NullMarked
package io.tenure.alert;

import org.jspecify.annotations.NullMarked;
