package io.tenure.collector.domain.enrichment;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds to an event what its SDK did not say and the request shows: system and browser, bot, the
 * sender's address and where it is. Only requests of devices are looked at, and nothing that was
 * sent is changed: of a group (system, browser) one name that was sent keeps the others away, since
 * halves of two descriptions make a third device. It lets every record pass.
 */
public final class Enrichment implements Step {

  private static final String IP = "$ip";
  private static final String BOT = "$is_bot";

  private final Devices devices;
  private final Places places;
  private final KeptAddress kept;

  /** Enriches from these sources and keeps so much of addresses. */
  public Enrichment(Devices devices, Places places, KeptAddress kept) {
    this.devices = devices;
    this.places = places;
    this.kept = kept;
  }

  @Override
  public StepName name() {
    return StepName.ENRICHMENT;
  }

  @Override
  public Step forRequest() {
    return new OneRequest();
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    return forRequest().judge(draft, record);
  }

  /** Looks only once at what all records of the request share. */
  private final class OneRequest implements Step {

    private @Nullable Arrival seen;
    private @Nullable String library;
    private boolean known;
    private boolean browser;
    private Sender sender = Sender.SERVER;
    private Device device = Device.UNKNOWN;
    private Place place = Place.UNKNOWN;
    private String address = "";

    @Override
    public StepName name() {
      return StepName.ENRICHMENT;
    }

    @Override
    public Verdict judge(Draft draft, LogRecord.Accepted record) {
      if (!(record instanceof LogRecord.Event event)) {
        return new Verdict.Accept(record);
      }
      look(draft.arrival(), event.source().library());
      if (sender == Sender.SERVER) {
        return new Verdict.Accept(record);
      }
      Additions additions = new Additions(draft, event);
      add(additions);
      return new Verdict.Accept(additions.event());
    }

    private void look(Arrival arrival, String sdk) {
      if (!isSame(arrival)) {
        seen = arrival;
        library = null;
        known = false;
      }
      if (!sdk.equals(library)) {
        library = sdk;
        sender = Sender.of(sdk, arrival.userAgent());
      }
      if (sender == Sender.DEVICE && !known) {
        lookUp(arrival);
        known = true;
      }
    }

    private boolean isSame(Arrival arrival) {
      return seen != null
          && seen.userAgent().equals(arrival.userAgent())
          && seen.address().equals(arrival.address());
    }

    private void lookUp(Arrival arrival) {
      String agent = arrival.userAgent();
      browser = Sender.isBrowser(agent);
      device = agent.isEmpty() ? Device.UNKNOWN : devices.of(agent);
      Optional<PublicAddress> sent = PublicAddress.of(arrival.address());
      place = sent.map(own -> places.of(own.address())).orElse(Place.UNKNOWN);
      address = sent.map(own -> own.text(kept)).orElse("");
    }

    private void add(Additions to) {
      if (browser) {
        to.group("$os", device.os(), "$os_version", device.osVersion());
        to.group("$browser", device.browser(), "$browser_version", device.browserVersion());
        to.group("$device_type", device.type());
      }
      if (device.bot()) {
        to.group(BOT, "true");
      }
      // With an address of its own, the event is about another one than ours.
      if (!to.wasSent(IP)) {
        to.group("$country", place.country(), "$province", place.province(), "$city", place.city());
        to.group(IP, address);
      }
    }
  }

  /** One event with what is added to it. */
  private static final class Additions {

    private final LogRecord.Event event;
    private final Map<?, ?> sent;
    private final Map<String, String> added = new LinkedHashMap<>();

    Additions(Draft draft, LogRecord.Event event) {
      this.event = event;
      this.sent = draft.fields().get("properties") instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A name sent with null was sent. */
    boolean wasSent(String name) {
      return event.properties().containsKey(name) || sent.containsKey(name);
    }

    /** Names and values in turn. */
    void group(String... namesAndValues) {
      for (int i = 0; i < namesAndValues.length; i += 2) {
        if (wasSent(namesAndValues[i])) {
          return;
        }
      }
      for (int i = 0; i < namesAndValues.length; i += 2) {
        if (!namesAndValues[i + 1].isEmpty()) {
          added.put(namesAndValues[i], namesAndValues[i + 1]);
        }
      }
    }

    LogRecord.Event event() {
      if (added.isEmpty()) {
        return event;
      }
      Map<String, String> all =
          LinkedHashMap.newLinkedHashMap(event.properties().size() + added.size());
      all.putAll(event.properties());
      all.putAll(added);
      return new LogRecord.Event(event.source(), event.name(), all);
    }
  }
}
