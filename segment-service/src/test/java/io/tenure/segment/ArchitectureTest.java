package io.tenure.segment;

import io.tenure.platform.architecture.ArchitectureRules;

final class ArchitectureTest extends ArchitectureRules {}
