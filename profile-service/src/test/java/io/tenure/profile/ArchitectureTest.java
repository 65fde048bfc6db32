package io.tenure.profile;

import io.tenure.platform.architecture.ArchitectureRules;

final class ArchitectureTest extends ArchitectureRules {}
