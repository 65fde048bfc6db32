package io.tenure.experiment.domain.experiment;

/**
 * The name under which the units of a run are kept and counted: {@code experiment#phase}.
 *
 * @param experiment key of the experiment, or of a split that was imported
 * @param phase its run; 0 for an import
 */
public record SplitKey(String experiment, int phase) {

  private static final char MARK = '#';

  /** Longer numbers are part of an import's key. */
  private static final int MOST_DIGITS = 9;

  /** The name of a text; one without a phase is an import's. */
  public static SplitKey read(String text) {
    int mark = text.lastIndexOf(MARK);
    String number = text.substring(mark + 1);
    return mark > 0
            && !number.isEmpty()
            && number.length() <= MOST_DIGITS
            && number.chars().allMatch(Character::isDigit)
        ? new SplitKey(text.substring(0, mark), Integer.parseInt(number))
        : new SplitKey(text, 0);
  }

  /** The text. */
  public String text() {
    return experiment + MARK + phase;
  }
}
