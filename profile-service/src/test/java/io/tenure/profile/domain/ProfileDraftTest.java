package io.tenure.profile.domain;

import static io.tenure.profile.domain.Updates.add;
import static io.tenure.profile.domain.Updates.append;
import static io.tenure.profile.domain.Updates.set;
import static io.tenure.profile.domain.Updates.setOnce;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProfileDraftTest {

  private static final ProjectId PROJECT = new ProjectId("bank");
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Resolution SOMEBODY = new Resolution(1, true, true, true);

  @Test
  void setReplacesAndSetOnceKeeps() {
    assertThat(traits(set("tier", "\"gold\""), set("tier", "\"金卡\"")))
        .isEqualTo(Map.of("tier", "\"金卡\""));
    assertThat(traits(setOnce("tier", "\"gold\""), setOnce("tier", "\"silver\"")))
        .isEqualTo(Map.of("tier", "\"gold\""));
  }

  @Test
  void settingNullRemovesTheTrait() {
    assertThat(traits(set("tier", "\"gold\""), set("tier", "null"), setOnce("city", "null")))
        .isEmpty();
  }

  @Test
  void incrementIsExactForMoney() {
    TraitChange[] changes = new TraitChange[1001];
    changes[0] = set("balance", "90071992547409930.1");
    java.util.Arrays.fill(changes, 1, changes.length, add("balance", "0.1"));
    assertThat(traits(changes)).isEqualTo(Map.of("balance", "90071992547410030.1"));
  }

  @Test
  void incrementStartsAtZeroAndGoesBelow() {
    assertThat(traits(add("balance", "-12.30"), add("balance", "12.30")))
        .isEqualTo(Map.of("balance", "0"));
    assertThat(traits(add("balance", "-0.01"))).isEqualTo(Map.of("balance", "-0.01"));
  }

  @Test
  void incrementOfTextChangesNothingAndIsCounted() {
    ProfileDraft draft = draft(set("tier", "\"gold\""), add("tier", "1"), add("age", "\"1\""));
    assertThat(texts(draft.finish(NOW))).isEqualTo(Map.of("tier", "\"gold\""));
    assertThat(draft.refusals()).isEqualTo(Map.of(Refusal.NOT_A_NUMBER, 2));
  }

  @Test
  void incrementBeyondTheKeptDigitsIsRefused() {
    ProfileDraft draft = draft(set("n", "9".repeat(100)), add("n", "1"));
    assertThat(draft.refusals()).isEqualTo(Map.of(Refusal.NUMBER_OUT_OF_RANGE, 1));
    assertThat(texts(draft.finish(NOW))).isEqualTo(Map.of("n", "9".repeat(100)));
  }

  @Test
  void appendAddsOnlyNewElementsInOrder() {
    assertThat(traits(append("funds", "货币", "债券"), append("funds", "债券", "股票", "股票")))
        .isEqualTo(Map.of("funds", "[\"货币\",\"债券\",\"股票\"]"));
  }

  @Test
  void appendToTextIsRefused() {
    ProfileDraft draft = draft(set("tier", "\"gold\""), append("tier", "silver"));
    assertThat(draft.refusals()).isEqualTo(Map.of(Refusal.NOT_A_LIST, 1));
  }

  @Test
  void unsetRemovesOneAndDeleteRemovesAll() {
    assertThat(traits(set("a", "1"), set("b", "2"), new TraitChange.Unset("a")))
        .isEqualTo(Map.of("b", "2"));
    assertThat(traits(set("a", "1"), set("b", "2"), new TraitChange.Delete(), set("c", "3")))
        .isEqualTo(Map.of("c", "3"));
  }

  @Test
  void unusableChangeIsCountedOnly() {
    ProfileDraft draft = draft(new TraitChange.Unusable(Refusal.VALUE_MALFORMED), set("a", "1"));
    assertThat(texts(draft.finish(NOW))).isEqualTo(Map.of("a", "1"));
    assertThat(draft.refusals()).isEqualTo(Map.of(Refusal.VALUE_MALFORMED, 1));
  }

  @Test
  void eventsCountAndProfileChangesDoNot() {
    Updates log = new Updates(PROJECT).event("", "d").change("l", set("a", "1")).event("", "d");
    Profile profile = apply(Profile.blank(new UserKey(PROJECT, 1)), log.all());
    assertThat(profile.eventCount()).isEqualTo(2);
    assertThat(profile.firstSeenTime()).isEqualTo(Updates.MONDAY);
    assertThat(profile.lastSeenTime()).isEqualTo(Updates.MONDAY.plusSeconds(120));
  }

  @Test
  void recordAtOrBelowTheWatermarkChangesNothing() {
    Updates log = new Updates(PROJECT).event("", "d", add("n", "1")).event("", "d", add("n", "1"));
    Profile once = apply(Profile.blank(new UserKey(PROJECT, 1)), log.all());
    assertThat(apply(once, log.all())).isSameAs(once);
    assertThat(apply(once, log.slice(0, 1))).isSameAs(once);
  }

  @Test
  void logsHaveSeparateWatermarks() {
    List<ProfileUpdate> updates = new Updates(PROJECT).event("", "d", add("n", "1")).all();
    Profile once = apply(Profile.blank(new UserKey(PROJECT, 1)), updates);
    ProfileDraft other = new ProfileDraft(once, "another log", Updates.RULES);
    other.apply(updates.getFirst(), SOMEBODY);
    Profile twice = other.finish(NOW);
    assertThat(texts(twice)).isEqualTo(Map.of("n", "2"));
    assertThat(twice.watermarks()).isEqualTo(Map.of("log", 0L, "another log", 0L));
    assertThat(twice.revision()).isEqualTo(2);
  }

  private static ProfileDraft draft(TraitChange... changes) {
    ProfileDraft draft =
        new ProfileDraft(Profile.blank(new UserKey(PROJECT, 1)), "log", Updates.RULES);
    new Updates(PROJECT).event("", "d", changes).all().forEach(u -> draft.apply(u, SOMEBODY));
    return draft;
  }

  private static Map<String, String> traits(TraitChange... changes) {
    return texts(draft(changes).finish(NOW));
  }

  private static Profile apply(Profile before, List<ProfileUpdate> updates) {
    ProfileDraft draft = new ProfileDraft(before, "log", Updates.RULES);
    updates.forEach(update -> draft.apply(update, SOMEBODY));
    return draft.finish(NOW);
  }

  private static Map<String, String> texts(Profile profile) {
    return profile.traits().entrySet().stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, e -> e.getValue().json()));
  }
}
