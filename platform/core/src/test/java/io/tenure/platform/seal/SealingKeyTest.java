package io.tenure.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SealingKeyTest {

  private static final SealingKey KEY = new SealingKey(bytes(1));

  @ParameterizedTest
  @EnumSource
  void opensWhatItSealed(ValueCipher cipher) {
    for (String text : new String[] {"", "1", "\"余额 1,234.50\"", "x".repeat(10_000)}) {
      String sealed = KEY.seal(cipher, text, "here");
      assertThat(KEY.open(sealed, "here")).contains(text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensNothingAtAnotherPlaceOrWithAnotherKeyOrChanged(ValueCipher cipher) {
    String sealed = KEY.seal(cipher, "1234", "here");
    assertThat(KEY.open(sealed, "there")).isEmpty();
    assertThat(new SealingKey(bytes(2)).open(sealed, "here")).isEmpty();
    char[] changed = sealed.toCharArray();
    changed[20] = changed[20] == 'A' ? 'B' : 'A';
    assertThat(KEY.open(new String(changed), "here")).isEmpty();
    assertThat(KEY.open("", "here")).isEmpty();
    assertThat(KEY.open("zz", "here")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void sealsTheSameTextAtTheSamePlaceAlike(ValueCipher cipher) {
    String sealed = KEY.seal(cipher, "1234", "here");
    assertThat(KEY.seal(cipher, "1234", "here")).isEqualTo(sealed);
    assertThat(KEY.seal(cipher, "1235", "here").substring(1, 17))
        .isNotEqualTo(sealed.substring(1, 17));
    assertThat(KEY.seal(cipher, "1234", "there").substring(1, 17))
        .isNotEqualTo(sealed.substring(1, 17));
  }

  /** The example of RFC 8998, A.1. */
  @Test
  void sealsBySm4AsTheStandardShows() throws Exception {
    HexFormat hex = HexFormat.of();
    byte[] sealed =
        ValueCipher.SM4_GCM.run(
            true,
            hex.parseHex("0123456789abcdeffedcba9876543210"),
            hex.parseHex("00001234567800000000abcd"),
            hex.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
            hex.parseHex(
                "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                    + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"));
    assertThat(hex.formatHex(sealed))
        .isEqualTo(
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                + "83de3541e4c2b58177e065a9bf7b62ec");
  }

  @Test
  void opensKeysOfAFormerMasterAndSealsWithTheActiveOne() {
    MasterKeys before = keys(Map.of("old", text(1)), "");
    MasterKeys both = keys(Map.of("old", text(1), "new", text(2)), "new");
    MasterKeys after = keys(Map.of("new", text(2)), "");
    SealingKey subject = before.fresh();
    MasterKeys.Wrapped wrapped = before.wrap(subject, "place");
    assertThat(both.open(wrapped, "place").orElseThrow().secret()).isEqualTo(subject.secret());
    assertThat(both.open(wrapped, "elsewhere")).isEmpty();
    assertThat(after.open(wrapped, "place")).isEmpty();
    MasterKeys.Wrapped again = both.wrap(subject, "place");
    assertThat(again.master()).isEqualTo("new");
    assertThat(after.open(again, "place").orElseThrow().secret()).isEqualTo(subject.secret());
  }

  @Test
  void namesWhatIsWrongWithAKey() {
    assertThatThrownBy(() -> keys(Map.of("old", "c2hvcnQ="), ""))
        .hasMessage("setting.keys.old must be 32 bytes in Base64");
    assertThatThrownBy(() -> keys(Map.of("old", text(1), "new", text(2)), ""))
        .hasMessageContaining("setting.active");
    assertThatThrownBy(() -> keys(Map.of("old", text(1)), "new"))
        .hasMessageContaining("setting.active");
    assertThat(keys(Map.of("old", ""), "").isEmpty()).isTrue();
  }

  private static MasterKeys keys(Map<String, String> keys, String active) {
    return new MasterKeys(keys, active, ValueCipher.AES_256_GCM, "setting");
  }

  private static String text(int value) {
    return Base64.getEncoder().encodeToString(bytes(value));
  }

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
