package io.tenure.benchmarks.analysis;

import io.tenure.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What an analyst asks, twice: of the service, and of the engine in plain SQL. Both answers are
 * lines of numbers, which must be equal before any time is told.
 *
 * @param product asks the service
 * @param statements plain SQL for a project, by what it does; the fastest is what ratios are given
 *     to
 * @param difference why plain SQL cannot mean the same; empty when it does
 */
record Question(
    String name,
    Function<AnalysisServiceBlockingStub, List<String>> product,
    Function<String, Map<String, String>> statements,
    String difference) {}
