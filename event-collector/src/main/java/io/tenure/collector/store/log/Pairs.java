package io.tenure.collector.store.log;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a record that was read: names and values in turns, in one array. Thousands of
 * records wait in memory for their delivery, and hardly anybody asks for one property; a map with
 * an object for each of them is six times as large.
 */
final class Pairs extends AbstractMap<String, String> {

  private final String[] texts;

  /**
   * Pairs.
   *
   * @param texts names, each followed by its value
   * @throws IllegalArgumentException when a name is there twice
   */
  Pairs(String[] texts) {
    for (int i = 2; i < texts.length; i += 2) {
      for (int j = 0; j < i; j += 2) {
        if (texts[i].hashCode() == texts[j].hashCode() && texts[i].equals(texts[j])) {
          throw new IllegalArgumentException("A name is there twice");
        }
      }
    }
    this.texts = texts;
  }

  @Override
  public int size() {
    return texts.length / 2;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    for (int i = 0; i < texts.length; i += 2) {
      if (texts[i].equals(name)) {
        return texts[i + 1];
      }
    }
    return null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < texts.length; i += 2) {
      action.accept(texts[i], texts[i + 1]);
    }
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return Pairs.this.size();
      }

      @Override
      public Iterator<Entry<String, String>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Entry<String, String>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < texts.length;
    }

    @Override
    public Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry<String, String> entry = Map.entry(texts[next], texts[next + 1]);
      next += 2;
      return entry;
    }
  }
}
