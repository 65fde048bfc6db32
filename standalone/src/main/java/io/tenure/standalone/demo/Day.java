package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Event;
import io.tenure.standalone.demo.DemoMessage.Identify;
import io.tenure.standalone.demo.DemoMessage.Phone;
import io.tenure.standalone.demo.DemoMessage.SignUp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One customer's day: a clock that only moves forward, and what the phone notes down. */
final class Day {

  private final Phone phone;
  private final RandomGenerator random;
  private final LocalDate date;
  private final int number;
  private final List<DemoMessage> messages = new ArrayList<>();
  private Instant now;

  Day(Phone phone, RandomGenerator random, LocalDate date, int number) {
    this.phone = phone;
    this.random = random;
    this.date = date;
    this.number = number;
    this.now = at(LocalTime.of(7, 0).plusSeconds(random.nextInt(14 * 3_600)));
  }

  LocalDate date() {
    return date;
  }

  /** Counted from the first day of the demonstration. */
  int number() {
    return number;
  }

  Instant now() {
    return now;
  }

  List<DemoMessage> messages() {
    return messages;
  }

  /** Lets minutes pass. */
  void pause(int minutes) {
    now = now.plusSeconds(60L * minutes);
  }

  void event(boolean registered, String name, Map<String, Object> properties) {
    tick();
    messages.add(new Event(phone, id(), now, registered, name, properties));
  }

  void signUp() {
    messages.add(new SignUp(phone, id(), now));
  }

  void identify(boolean first, Map<String, Object> traits) {
    messages.add(new Identify(phone, id(), now, first, traits));
  }

  private void tick() {
    now = now.plusMillis(random.nextInt(4_000, 40_000));
  }

  private String id() {
    return "demo-" + phone.customer() + "-" + number + "-" + messages.size();
  }

  private Instant at(LocalTime time) {
    return date.atTime(time).toInstant(ZoneOffset.UTC);
  }
}
