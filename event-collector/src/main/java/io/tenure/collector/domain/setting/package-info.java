/** What people set for a project, as the door sees it. */
@NullMarked
package io.tenure.collector.domain.setting;

import org.jspecify.annotations.NullMarked;
