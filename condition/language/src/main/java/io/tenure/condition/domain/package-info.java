/**
 * The condition language: questions about one user that are true or false at an instant. Values
 * only, so that whoever stores, compiles or answers a condition shares them.
 */
@NullMarked
package io.tenure.condition.domain;

import org.jspecify.annotations.NullMarked;
