package io.tenure.standalone.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A directory with all that is in it as one stream, and back. */
final class Archive {

  /** A place in Tink's streams holds a segment; smaller pieces cost a call each. */
  private static final int BUFFER = 1 << 18;

  private Archive() {}

  /** The files of both stores are compressed already. */
  static void pack(Path directory, OutputStream to) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(to, BUFFER));
        Stream<Path> files = Files.walk(directory)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files.sorted().toList()) {
        String name = directory.relativize(file).toString();
        if (Files.isDirectory(file)) {
          if (!name.isEmpty()) {
            out.putNextEntry(new ZipEntry(name + "/"));
            out.closeEntry();
          }
        } else {
          out.putNextEntry(new ZipEntry(name));
          Files.copy(file, out);
          out.closeEntry();
        }
      }
    }
  }

  static void unpack(InputStream from, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path root = directory.toRealPath();
    try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(from, BUFFER))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException("A name in the archive leads out of its directory");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(in, target);
        }
      }
      // What comes after the last entry is authenticated too, up to the end of the stream.
      from.transferTo(OutputStream.nullOutputStream());
    }
  }
}
