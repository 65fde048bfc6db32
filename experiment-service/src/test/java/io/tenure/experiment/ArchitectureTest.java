package io.tenure.experiment;

import io.tenure.platform.architecture.ArchitectureRules;

final class ArchitectureTest extends ArchitectureRules {}
