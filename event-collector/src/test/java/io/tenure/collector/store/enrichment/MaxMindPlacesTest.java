package io.tenure.collector.store.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.enrichment.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places from a file that comes, changes, breaks and goes. */
final class MaxMindPlacesTest {

  private static final Place SHENZHEN = new Place("中国", "广东", "深圳市");

  @TempDir private Path directory;

  @Test
  void findsPlacesOfBothKindsOfAddresses() throws IOException {
    file().write(path());
    MaxMindPlaces places = places("zh-CN", "en");

    assertThat(of(places, "203.0.113.77")).isEqualTo(SHENZHEN);
    assertThat(of(places, "2001:db8:1:2::3")).isEqualTo(new Place("捷克", "", ""));
    assertThat(of(places, "198.51.100.1")).isEqualTo(new Place("Atlantis", "", ""));
    assertThat(of(places, "8.8.8.8")).isEqualTo(Place.UNKNOWN);
    assertThat(of(places, "2001:db8:2::1")).isEqualTo(Place.UNKNOWN);
  }

  @Test
  void namesThemInTheFirstLanguageTheFileHas() throws IOException {
    file().write(path());

    assertThat(of(places("en"), "203.0.113.77"))
        .isEqualTo(new Place("China", "Guangdong", "Shenzhen"));
    assertThat(of(places("fr", "zh-CN"), "203.0.113.77")).isEqualTo(SHENZHEN);
    assertThat(of(places("fr"), "203.0.113.77")).isEqualTo(Place.UNKNOWN);
  }

  @Test
  void takesUpAFileThatComesChangesAndGoes() throws IOException {
    MaxMindPlaces places = places("zh-CN");
    assertThat(of(places, "203.0.113.77")).isEqualTo(Place.UNKNOWN);

    file().write(path());
    places.refresh();
    assertThat(of(places, "203.0.113.77")).isEqualTo(SHENZHEN);

    new MaxMindFile()
        .with("203.0.113.0/24", MaxMindFile.place("日本", "Japan", "东京都", "Tokyo", "", "Tokyo"))
        .write(path());
    places.refresh();
    assertThat(of(places, "203.0.113.77")).isEqualTo(new Place("日本", "东京都", ""));

    Files.delete(path());
    places.refresh();
    assertThat(of(places, "203.0.113.77")).isEqualTo(Place.UNKNOWN);
  }

  @Test
  void keepsWhatItHasWhenANewFileIsBroken() throws IOException {
    file().write(path());
    MaxMindPlaces places = places("zh-CN");

    // Written over in place, as a careless copy does.
    Files.write(path(), new byte[] {1, 2, 3});
    assertThat(of(places, "203.0.113.77")).isEqualTo(SHENZHEN);
    places.refresh();

    assertThat(of(places, "203.0.113.77")).isEqualTo(SHENZHEN);
  }

  @Test
  void findsNothingInABrokenFile() throws IOException {
    Files.writeString(path(), "not a database");
    assertThat(of(places("zh-CN"), "203.0.113.77")).isEqualTo(Place.UNKNOWN);

    Files.delete(path());
    Files.createDirectory(path());
    assertThat(of(places("zh-CN"), "203.0.113.77")).isEqualTo(Place.UNKNOWN);
  }

  @Test
  void findsNothingWhereAFileIsDamaged() throws IOException {
    byte[] bytes = file().bytes();
    byte[] marker = {(byte) 0xab, (byte) 0xcd, (byte) 0xef};
    int end = bytes.length;
    while (!Arrays.equals(Arrays.copyOfRange(bytes, end - 3, end), marker)) {
      end--;
    }
    // Every record of the data section becomes a pointer beyond its end.
    Arrays.fill(bytes, end - 3 - 150, end - 3, (byte) 0x3f);
    Files.write(path(), bytes);

    assertThat(of(places("zh-CN"), "203.0.113.77")).isEqualTo(Place.UNKNOWN);
  }

  private static MaxMindFile file() {
    return new MaxMindFile()
        .with(
            "203.0.113.0/24",
            MaxMindFile.place("中国", "China", "广东", "Guangdong", "深圳市", "Shenzhen"))
        .with("198.51.100.0/25", MaxMindFile.place("", "Atlantis"))
        .with("2001:db8:1::/48", MaxMindFile.place("捷克", "Czechia"));
  }

  private MaxMindPlaces places(String... languages) {
    return new MaxMindPlaces(path(), directory.resolve("copies"), List.of(languages));
  }

  private Path path() {
    return directory.resolve("city.mmdb");
  }

  private static Place of(MaxMindPlaces places, String address) {
    return places.of(InetAddress.ofLiteral(address));
  }
}
