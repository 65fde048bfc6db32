package io.tenure.segment.domain.saved;

import java.util.List;

/** Saved questions side by side, in reading order. */
public record DashboardDraft(Heading heading, List<Tile> tiles) implements Draft {

  private static final int MAX_TILES = 50;

  /** Accepts up to 50 tiles. */
  public DashboardDraft {
    tiles = List.copyOf(tiles);
    if (tiles.size() > MAX_TILES) {
      throw new IllegalArgumentException("A dashboard has at most " + MAX_TILES + " tiles");
    }
  }

  /**
   * One saved question.
   *
   * @param title instead of the question's name; may be empty
   * @param width how many of twelve columns it takes
   */
  public record Tile(String analysisId, String title, int width) {

    /** Accepts a width of 1 to 12. */
    public Tile {
      if (width < 1 || width > 12) {
        throw new IllegalArgumentException("A tile takes 1 to 12 columns");
      }
      if (title.length() > 200) {
        throw new IllegalArgumentException("The title has at most 200 characters");
      }
    }
  }
}
