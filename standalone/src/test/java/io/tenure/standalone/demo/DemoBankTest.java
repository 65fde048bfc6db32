package io.tenure.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.standalone.demo.DemoMessage.Event;
import io.tenure.standalone.demo.DemoMessage.Phone;
import io.tenure.standalone.demo.DemoMessage.Protocol;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DemoBankTest {

  private static final Instant END = Instant.parse("2026-11-22T09:30:00Z");
  private static final DemoBank BANK = DemoBank.endingAt(END);
  private static final GroundTruth TRUTH = BANK.truth();
  private static final List<DemoMessage> MESSAGES = BANK.messages().toList();

  @Test
  void makesTheSameMessagesEveryTime() {
    assertThat(DemoBank.endingAt(END).messages().toList()).isEqualTo(MESSAGES);
    assertThat(BANK.withSeed(7).messages().limit(1_000).toList())
        .isNotEqualTo(MESSAGES.subList(0, 1_000));
  }

  @Test
  void hasTheSizeOfTheDemonstration() {
    assertThat(TRUTH.users()).isEqualTo(DemoBank.PHONES - late());
    assertThat(TRUTH.events()).isBetween(120_000L, 200_000L);
    assertThat(MESSAGES).hasSize((int) TRUTH.messages());
    assertThat(TRUTH.duplicates()).isBetween(50L, 400L);
    assertThat(TRUTH.malformed()).isEqualTo(DemoBank.DAYS / 3);
  }

  @Test
  void addsUp() {
    assertThat(TRUTH.accepted() + TRUTH.duplicates() + TRUTH.malformed())
        .isEqualTo(TRUTH.messages());
    assertThat(TRUTH.eventsByName().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(TRUTH.events());
    assertThat(TRUTH.usersByTier().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(TRUTH.registered());
    assertThat(TRUTH.usersByCity().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(TRUTH.registered());
    assertThat(TRUTH.logins())
        .hasSize(TRUTH.registered())
        .containsAll(TRUTH.paydayTransferrers())
        .containsAll(TRUTH.weekendShoppers());
  }

  @Test
  void staysInsideItsDays() {
    assertThat(MESSAGES)
        .allSatisfy(
            message ->
                assertThat(message.time())
                    .isAfterOrEqualTo(BANK.startTime())
                    .isBefore(BANK.endTime()));
  }

  @Test
  void sendsEachPhonesNewMessagesInOrder() {
    Map<Phone, Instant> last = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (DemoMessage message : MESSAGES) {
      if (message instanceof Event event && seen.add(event.id())) {
        Instant before = last.put(event.phone(), event.time());
        assertThat(event.time()).isAfterOrEqualTo(before == null ? Instant.MIN : before);
      }
    }
  }

  @Test
  void keepsOneProtocolForAPhoneAndSpeaksBoth() {
    Map<Protocol, Long> phones =
        MESSAGES.stream()
            .map(DemoMessage::phone)
            .distinct()
            .collect(Collectors.groupingBy(Phone::protocol, Collectors.counting()));

    assertThat(phones.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(TRUTH.users());
    assertThat(phones.get(Protocol.SENSORS)).isBetween(250L, 320L);
  }

  @Test
  void losesCustomersAtEveryStepOfTheFunnel() {
    List<Integer> funnel = TRUTH.funnel();
    assertThat(funnel).hasSize(4).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
    assertThat(funnel.getFirst()).isEqualTo(TRUTH.users());
    assertThat(funnel.get(1)).isLessThan(TRUTH.registered());
    assertThat(funnel.getLast()).isGreaterThan(TRUTH.users() / 10);
  }

  @Test
  void losesMostAtTheHardQuestion() {
    List<Integer> answered = TRUTH.questionnaireAnswered();
    assertThat(answered.getFirst()).isLessThanOrEqualTo(TRUTH.questionnaireStarted());
    assertThat(answered.getLast()).isEqualTo(TRUTH.questionnaireFinished());
    int worst = 0;
    for (int question = 1; question < answered.size(); question++) {
      if (lost(answered, question) > lost(answered, worst)) {
        worst = question;
      }
    }
    assertThat(worst + 1).isEqualTo(TRUTH.hardQuestion());
  }

  @Test
  void losesSevenOfTenFaders() {
    assertThat(TRUTH.rule()).hasSizeGreaterThanOrEqualTo(7);
    assertThat(TRUTH.warned()).isGreaterThan(150);
    assertThat(TRUTH.warnedLost() / (double) TRUTH.warned()).isBetween(0.6, 0.8);
    double base =
        TRUTH.rule().stream().mapToInt(RuleTruth::lost).sum()
            / (double) TRUTH.rule().stream().mapToInt(RuleTruth::users).sum();
    assertThat(base).isLessThan(0.35);
  }

  @Test
  void countsTheRuleByPersonToo() {
    Timelines timelines = BANK.timelines();
    for (RuleTruth truth : TRUTH.rule()) {
      assertThat(truth.warned()).isBetween(truth.warnedLost(), truth.users());
      assertThat(truth.lost()).isBetween(truth.warnedLost(), truth.users());
    }
    Set<Integer> faders =
        BANK.people().stream()
            .filter(person -> person.habit() == Habit.FADER)
            .map(person -> person.phone().customer())
            .collect(Collectors.toSet());
    assertThat(faders).containsAll(timelines.fading(END));
  }

  /** Customers who would have come in the last hours, after the end. */
  private static long late() {
    Set<Integer> seen =
        MESSAGES.stream().map(message -> message.phone().customer()).collect(Collectors.toSet());
    return BANK.people().stream().filter(p -> !seen.contains(p.phone().customer())).count();
  }

  private static int lost(List<Integer> answered, int index) {
    int before = index == 0 ? TRUTH.questionnaireStarted() : answered.get(index - 1);
    return before - answered.get(index);
  }
}
