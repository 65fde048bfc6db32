package io.tenure.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.consent.ConsentWatch;
import io.tenure.collector.domain.consent.ObjectionSource;
import io.tenure.collector.domain.consent.Objections;
import io.tenure.collector.domain.record.Identity;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objections over restarts. */
final class ObjectionFileTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final ObjectionSource DOWN =
      known -> {
        throw Failure.unavailable("down", Duration.ofSeconds(1));
      };

  @TempDir private Path directory;
  private Path file;
  private Objections some;

  @BeforeEach
  void make() throws Exception {
    file = directory.resolve("objections");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest("bank\nl\nanna".getBytes("UTF-8"));
    some =
        new Objections(
            new long[] {ByteBuffer.wrap(digest).getLong(), 7, -9},
            Map.of(BANK, new Objections.Project(false, true, Set.of("c0002"))),
            "t:3");
  }

  @Test
  void aCollectorThatStartsWhileNobodyAnswersKnowsTheLast() {
    new ConsentWatch(known -> some, new ObjectionFile(file)).refresh();

    ConsentWatch restarted = new ConsentWatch(DOWN, new ObjectionFile(file));
    assertThatThrownBy(restarted::refresh).isInstanceOf(Failure.class);

    assertThat(restarted.current()).isEqualTo(some);
    assertThat(restarted.current().hold(BANK, new Identity("anna", "", false))).isTrue();
    assertThat(restarted.current().hold(BANK, new Identity("ben", "", false))).isFalse();
  }

  @Test
  void aDamagedFileOrOneOfALaterFormatIsAsNone() throws IOException {
    ObjectionFile kept = new ObjectionFile(file);
    assertThat(kept.load()).isEqualTo(Objections.NONE);
    kept.save(some);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertThat(kept.load()).isEqualTo(Objections.NONE);
    }
    Files.write(file, new byte[3]);
    assertThat(kept.load()).isEqualTo(Objections.NONE);
  }
}
