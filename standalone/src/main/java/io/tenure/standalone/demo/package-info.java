/** The demonstration: a digital bank whose customers live by known habits, and its ground truth. */
@NullMarked
package io.tenure.standalone.demo;

import org.jspecify.annotations.NullMarked;
