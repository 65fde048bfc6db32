/** What keeps the house in order: rules over packages and classes. */
@NullMarked
package io.tenure.platform.architecture;

import org.jspecify.annotations.NullMarked;
