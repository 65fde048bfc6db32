package io.tenure.standalone.history;

/** Is told how far an import has got. */
@FunctionalInterface
public interface ProgressListener {

  /** Some more rows are done; called after each save of the progress. */
  void progress(ImportSummary.FileSummary file);
}
