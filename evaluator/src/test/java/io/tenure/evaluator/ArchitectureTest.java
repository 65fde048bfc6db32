package io.tenure.evaluator;

import io.tenure.platform.architecture.ArchitectureRules;

final class ArchitectureTest extends ArchitectureRules {}
