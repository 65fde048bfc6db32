package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Event;
import io.tenure.standalone.demo.DemoMessage.Fault;
import io.tenure.standalone.demo.DemoMessage.Malformed;
import io.tenure.standalone.demo.DemoMessage.Protocol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A digital bank of 1,500 phones over 120 days that end at a given time. The same seed and end make
 * the same messages, always.
 */
public final class DemoBank {

  /** Days of the demonstration; the last one is cut at the end time. */
  public static final int DAYS = 120;

  /** Phones, one for each customer. */
  public static final int PHONES = 1_500;

  private static final long SEED = 20_260_101L;

  /** One event in so many is sent again the next day, as by a phone that lost the reply. */
  private static final int REPEAT_ONE_IN = 900;

  /** Every so many days some phone sends a record that makes no sense. */
  private static final int MALFORMED_EVERY = 3;

  private final Instant endTime;
  private final LocalDate firstDay;
  private final long seed;

  private DemoBank(Instant endTime, long seed) {
    this.endTime = endTime;
    this.firstDay = endTime.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1L);
    this.seed = seed;
  }

  /** The demonstration that ends at a time, usually now. */
  public static DemoBank endingAt(Instant endTime) {
    return new DemoBank(endTime, SEED);
  }

  /** Another bank with other customers. */
  public DemoBank withSeed(long otherSeed) {
    return new DemoBank(endTime, otherSeed);
  }

  /** Before it nothing happened. */
  public Instant startTime() {
    return firstDay.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** After it nothing happened. */
  public Instant endTime() {
    return endTime;
  }

  /**
   * Everything the phones send, made day by day while the stream is read, in the order of sending.
   */
  public Stream<DemoMessage> messages() {
    List<Customer> customers = customers();
    SplittableRandom mishaps = new SplittableRandom(seed);
    List<DemoMessage> repeated = new ArrayList<>();
    return IntStream.rangeClosed(0, DAYS)
        .boxed()
        .flatMap(
            number -> {
              List<DemoMessage> sent = new ArrayList<>(repeated);
              repeated.clear();
              if (number < DAYS) {
                List<DemoMessage> day = day(customers, number, mishaps);
                day.stream()
                    .filter(message -> message instanceof Event)
                    .filter(message -> mishaps.nextInt(REPEAT_ONE_IN) == 0)
                    .forEach(repeated::add);
                sent.addAll(day);
              }
              return sent.stream();
            });
  }

  /** What is true of the messages; runs the whole simulation. */
  public GroundTruth truth() {
    return GroundTruth.of(this);
  }

  /** What each customer did, to ask about any instant; runs the whole simulation. */
  public Timelines timelines() {
    return Timelines.of(messages());
  }

  List<Person> people() {
    return customers().stream().map(Customer::person).toList();
  }

  private List<Customer> customers() {
    SplittableRandom root = new SplittableRandom(seed);
    List<Customer> customers = new ArrayList<>(PHONES);
    for (int number = 0; number < PHONES; number++) {
      SplittableRandom own = root.split();
      customers.add(new Customer(Person.draw(number, own), own));
    }
    return customers;
  }

  private List<DemoMessage> day(List<Customer> customers, int number, SplittableRandom mishaps) {
    LocalDate date = firstDay.plusDays(number);
    List<DemoMessage> messages = new ArrayList<>();
    for (Customer customer : customers) {
      messages.addAll(customer.live(date, number));
    }
    messages.removeIf(message -> !message.time().isBefore(endTime));
    // The sort is stable, so messages of one phone at one instant keep their order.
    messages.sort(Comparator.comparing(DemoMessage::time));
    if (number % MALFORMED_EVERY == 0 && !messages.isEmpty()) {
      messages.add(malformed(messages.get(mishaps.nextInt(messages.size())), number));
    }
    return messages;
  }

  private static DemoMessage malformed(DemoMessage neighbour, int number) {
    boolean sensors = neighbour.phone().protocol() == Protocol.SENSORS;
    Fault[] faults = Fault.values();
    // A Sensors record always names its sender, or the SDK could not have made it.
    int kinds = sensors ? faults.length - 1 : faults.length;
    return new Malformed(
        neighbour.phone(),
        "demo-malformed-" + number,
        neighbour.time(),
        faults[number / MALFORMED_EVERY % kinds]);
  }
}
