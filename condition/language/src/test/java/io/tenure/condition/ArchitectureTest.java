package io.tenure.condition;

import io.tenure.platform.architecture.ArchitectureRules;

final class ArchitectureTest extends ArchitectureRules {}
