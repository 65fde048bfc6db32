package io.tenure.profile.store;

import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom records belong to, written down as plainly as possible: two maps, and a record that was
 * resolved before has the user it got then.
 */
final class IdentityModel implements HistoryModel {

  private Kind plan;
  private long last;
  private final Map<String, Long> logins = new TreeMap<>();
  private final Map<String, Long> devices = new TreeMap<>();

  /** Devices somebody has signed in on. */
  private final Set<String> taken = new HashSet<>();

  /** Users with a login that has a device. */
  private final Set<Long> paired = new HashSet<>();

  private final Map<String, Long> resolved = new HashMap<>();

  IdentityModel(Kind plan) {
    this.plan = plan;
  }

  @Override
  public IdentityModel copy() {
    IdentityModel copy = new IdentityModel(plan);
    copy.last = last;
    copy.logins.putAll(logins);
    copy.devices.putAll(devices);
    copy.taken.addAll(taken);
    copy.paired.addAll(paired);
    copy.resolved.putAll(resolved);
    return copy;
  }

  @Override
  public void change(IdentityPlan next) {
    plan = next.kind();
  }

  @Override
  public long resolve(String log, long offset, Identifiers record) {
    @Nullable Long before = resolved.get(log + offset);
    if (before != null) {
      return before;
    }
    long user = resolve(record);
    resolved.put(log + offset, user);
    return user;
  }

  Map<String, Long> logins() {
    return logins;
  }

  Map<String, Long> devices() {
    return devices;
  }

  Set<String> devicesOf(long user) {
    Set<String> found = new TreeSet<>(devices.keySet());
    found.removeIf(device -> devices.getOrDefault(device, 0L) != user);
    return found;
  }

  private long resolve(Identifiers record) {
    String login = record.loginId();
    String device = record.anonymousId();
    if (record.link() == Link.UNBIND) {
      return login.isEmpty() ? unbindDevice(device) : unbindLogin(login);
    }
    if (login.isEmpty() || (plan == Kind.DEVICE_ONLY && !device.isEmpty())) {
      return devices.computeIfAbsent(device, unknown -> ++last);
    }
    if (record.link() == Link.BIND && !device.isEmpty() && !taken.contains(device)) {
      signIn(login, device);
    }
    return logins.computeIfAbsent(login, unknown -> ++last);
  }

  private void signIn(String login, String device) {
    @Nullable Long user = logins.get(login);
    boolean anotherDevice = plan == Kind.MANY_TO_ONE || user == null || !paired.contains(user);
    boolean bothKnown = user != null && devices.containsKey(device);
    if (!anotherDevice || (bothKnown && plan == Kind.ONE_TO_ONE)) {
      return;
    }
    if (user == null) {
      user = devices.containsKey(device) ? devices.get(device) : ++last;
      logins.put(login, user);
    }
    devices.put(device, user);
    taken.add(device);
    paired.add(user);
  }

  private long unbindDevice(String device) {
    long user = devices.computeIfAbsent(device, unknown -> ++last);
    devices.remove(device);
    if (taken.remove(device)) {
      paired.remove(user);
    }
    return user;
  }

  private long unbindLogin(String login) {
    long user = logins.computeIfAbsent(login, unknown -> ++last);
    logins.remove(login);
    return user;
  }
}
