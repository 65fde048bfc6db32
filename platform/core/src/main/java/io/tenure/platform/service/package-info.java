/** How a Tenure service starts. */
@NullMarked
package io.tenure.platform.service;

import org.jspecify.annotations.NullMarked;
