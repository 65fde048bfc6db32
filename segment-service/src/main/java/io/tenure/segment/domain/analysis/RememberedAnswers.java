package io.tenure.segment.domain.analysis;

import java.time.Instant;
import java.util.Optional;

/** Answers given lately, for whoever asks the same again. They are forgotten after some minutes. */
public interface RememberedAnswers {

  /** The answer to a question. */
  Optional<Remembered> find(String question);

  /** Remembers an answer; large ones it may forget at once. */
  void keep(String question, Remembered answer);

  /**
   * An answer.
   *
   * @param version what {@link Watermark#version} was before it was computed
   * @param bytes as the contract writes it
   */
  record Remembered(String version, Instant computeTime, byte[] bytes) {}
}
