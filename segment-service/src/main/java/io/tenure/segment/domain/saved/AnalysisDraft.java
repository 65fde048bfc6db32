package io.tenure.segment.domain.saved;

/**
 * A question to keep.
 *
 * @param query in the words of the contract, as JSON: it was understood when it was saved, and
 *     means the same when it is asked again
 */
public record AnalysisDraft(Heading heading, String query) implements Draft {}
