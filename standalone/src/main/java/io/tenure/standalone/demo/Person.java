package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Phone;
import io.tenure.standalone.demo.DemoMessage.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What is fixed about a customer from the start. Days count from the first day of the
 * demonstration.
 *
 * @param phone the phone
 * @param habit how the customer lives
 * @param installDay day of the installation
 * @param registerAfter time from the installation to the registration; more than a week for some
 * @param loginAfterDays days from the registration to the first login
 * @param salaryDay day of the month the salary comes
 * @param repayDay day of the month a repayer pays
 * @param fadeDay day a fader empties the account
 * @param returnDay day a fader is back; never for seven of ten
 * @param questionnaireDay day from which the customer starts the questionnaire, or never
 * @param lastQuestion last question answered; {@link #QUESTIONS} for those who finish
 * @param opensCard whether the customer ever opens a card
 */
record Person(
    Phone phone,
    Habit habit,
    int installDay,
    Duration registerAfter,
    int loginAfterDays,
    int salaryDay,
    int repayDay,
    int fadeDay,
    int returnDay,
    int questionnaireDay,
    int lastQuestion,
    boolean opensCard,
    String city,
    String tier,
    int age,
    String registerChannel) {

  static final int NEVER = Integer.MAX_VALUE;
  static final int QUESTIONS = 10;

  /** The question about the yearly income, where many stop. */
  static final int HARD_QUESTION = 6;

  /** Days without a login after which a fader either is gone or comes back some day. */
  static final int SILENT_DAYS = 10;

  private static final List<String> CITIES =
      List.of("Hangzhou", "Shanghai", "Chengdu", "Shenzhen", "Xi'an", "Qingdao");
  private static final List<String> CHANNELS = List.of("app-store", "friend", "branch", "campaign");

  static Person draw(int number, RandomGenerator random) {
    Habit habit = Habit.draw(random);
    boolean sensors = number % 5 == 4;
    Phone phone =
        new Phone(
            number,
            String.format(Locale.ROOT, "device-%05d", number),
            String.format(Locale.ROOT, "customer-%05d", number),
            sensors ? Protocol.SENSORS : Protocol.SEGMENT);
    int installDay = installDay(habit, random);
    int fadeDay = habit == Habit.FADER ? installDay + random.nextInt(15, 55) : NEVER;
    boolean gone = random.nextInt(10) < 7;
    int returnDay = gone || fadeDay == NEVER ? NEVER : fadeDay + random.nextInt(24, 30);
    return new Person(
        phone,
        habit,
        installDay,
        registerAfter(random),
        random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0,
        random.nextInt(2) == 0 ? 10 : 25,
        random.nextInt(1, 28),
        fadeDay,
        returnDay,
        random.nextInt(10) < 6 ? installDay + random.nextInt(1, 40) : NEVER,
        lastQuestion(random),
        random.nextInt(4) == 0,
        CITIES.get(random.nextInt(CITIES.size())),
        tier(random),
        random.nextInt(18, 70),
        CHANNELS.get(random.nextInt(CHANNELS.size())));
  }

  boolean registers() {
    return habit != Habit.VISITOR;
  }

  /**
   * Most came in the first weeks; the others keep coming. Faders come early enough to be seen
   * fading.
   */
  private static int installDay(Habit habit, RandomGenerator random) {
    if (habit == Habit.FADER) {
      return random.nextInt(30);
    }
    return random.nextInt(10) < 6 ? random.nextInt(20) : random.nextInt(20, DemoBank.DAYS - 5);
  }

  private static Duration registerAfter(RandomGenerator random) {
    return random.nextInt(4) > 0
        ? Duration.ofSeconds(random.nextInt(60, 1_500))
        : Duration.ofDays(random.nextInt(1, 12)).plusSeconds(random.nextInt(60, 1_500));
  }

  private static int lastQuestion(RandomGenerator random) {
    for (int question = 1; question <= QUESTIONS; question++) {
      int stopPercent = question == HARD_QUESTION ? 30 : 4;
      if (random.nextInt(100) < stopPercent) {
        return question - 1;
      }
    }
    return QUESTIONS;
  }

  private static String tier(RandomGenerator random) {
    int ticket = random.nextInt(10);
    return ticket < 6 ? "basic" : ticket < 9 ? "silver" : "gold";
  }
}
