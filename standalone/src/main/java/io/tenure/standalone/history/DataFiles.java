package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files given for an import: named ones, and those directly in named folders. */
final class DataFiles {

  private final List<Path> files;

  private DataFiles(List<Path> files) {
    this.files = files;
  }

  static DataFiles in(List<Path> places) {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> inside = Files.list(place)) {
          inside.filter(Files::isRegularFile).sorted().forEach(files::add);
        } catch (IOException exception) {
          throw Failure.invalid(place.toString(), "can't be read");
        }
      } else if (Files.isRegularFile(place)) {
        files.add(place);
      } else {
        throw Failure.invalid(place.toString(), "is no file and no folder");
      }
    }
    return new DataFiles(files);
  }

  /** The files whose name fits a pattern; at least one. */
  List<Path> matching(String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    List<Path> found = files.stream().filter(file -> matcher.matches(file.getFileName())).toList();
    if (found.isEmpty()) {
      throw Failure.invalid("match", "no file is named '" + pattern + "'");
    }
    return found;
  }
}
