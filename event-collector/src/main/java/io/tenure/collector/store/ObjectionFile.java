package io.tenure.collector.store;

import io.tenure.collector.domain.consent.ObjectionStore;
import io.tenure.collector.domain.consent.Objections;
import io.tenure.collector.domain.consent.Objections.Project;
import io.tenure.platform.tenancy.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objections in a file beside the log. A file that can't be read, or of a later format, is as none:
 * then profile-service alone looks until it has told them again.
 */
public final class ObjectionFile implements ObjectionStore {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectionFile.class);
  private static final int MAGIC = 0x54_4E_4F_42;
  private static final int FORMAT = 1;

  private final Path file;

  /** In a file that may not exist yet. */
  public ObjectionFile(Path file) {
    this.file = file;
  }

  @Override
  public Objections load() {
    if (!Files.exists(file)) {
      return Objections.NONE;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int length = bytes.length - Long.BYTES;
      if (length > 0 && checksum(bytes, length) == ByteBuffer.wrap(bytes).getLong(length)) {
        return read(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
      }
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("The objections kept in {} can't be read", file.getFileName(), unreadable);
      return Objections.NONE;
    }
    LOG.warn("The objections kept in {} are damaged", file.getFileName());
    return Objections.NONE;
  }

  private static Objections read(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
      throw new IOException("Another format");
    }
    String token = in.readUTF();
    Map<ProjectId, Project> projects = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      ProjectId project = new ProjectId(in.readUTF());
      boolean byDevice = in.readBoolean();
      boolean byKeys = in.readBoolean();
      Set<String> categories = new HashSet<>();
      for (int more = in.readInt(); more > 0; more--) {
        categories.add(in.readUTF());
      }
      projects.put(project, new Project(byDevice, byKeys, categories));
    }
    long[] hashes = new long[in.readInt()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = in.readLong();
    }
    return new Objections(hashes, projects, token);
  }

  @Override
  public void save(Objections objections) {
    try {
      WholeFile.replace(file, bytes(objections));
    } catch (IOException exception) {
      LOG.warn("The objections were not saved", exception);
    }
  }

  private static byte[] bytes(Objections objections) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(FORMAT);
    out.writeUTF(objections.token());
    out.writeInt(objections.projects().size());
    for (Map.Entry<ProjectId, Project> project : objections.projects().entrySet()) {
      out.writeUTF(project.getKey().value());
      out.writeBoolean(project.getValue().byDevice());
      out.writeBoolean(project.getValue().byKeys());
      out.writeInt(project.getValue().categories().size());
      for (String category : project.getValue().categories()) {
        out.writeUTF(category);
      }
    }
    long[] hashes = objections.hashes();
    out.writeInt(hashes.length);
    for (long hash : hashes) {
      out.writeLong(hash);
    }
    byte[] content = bytes.toByteArray();
    out.writeLong(checksum(content, content.length));
    return bytes.toByteArray();
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }
}
