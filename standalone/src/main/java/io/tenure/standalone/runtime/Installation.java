package io.tenure.standalone.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A platform with its stores and secrets in one directory; closing it stops everything in order.
 */
public final class Installation implements AutoCloseable {

  private final Secrets secrets;
  private final EmbeddedStores stores;
  private final LocalPlatform platform;

  private Installation(Secrets secrets, EmbeddedStores stores, LocalPlatform platform) {
    this.secrets = secrets;
    this.stores = stores;
    this.platform = platform;
  }

  /** How the services run. */
  public enum Form {
    /** All in this process. */
    ONE_PROCESS,
    /** Each in a process of its own. */
    SIX_PROCESSES
  }

  /**
   * Starts everything.
   *
   * @param data directory of the stores, the log and the secrets
   * @param port of the gateway; 0 for a free one
   * @param overrides configuration of the services in this process that wins over everything
   * @param progress told what starts next
   */
  public static Installation start(
      Path data,
      int port,
      Form form,
      Secrets secrets,
      Map<String, String> overrides,
      Consumer<String> progress) {
    progress.accept("stores");
    EmbeddedStores stores = EmbeddedStores.start(data, secrets.storePassword(), System.getenv());
    try {
      Consumer<Service> services = service -> progress.accept(service.label());
      LocalPlatform platform =
          switch (form) {
            case ONE_PROCESS ->
                InProcessPlatform.start(stores.stores(), data, port, secrets, overrides, services);
            case SIX_PROCESSES ->
                DistributedPlatform.start(
                    stores.stores(), data, port, secrets, overrides, services);
          };
      return new Installation(secrets, stores, platform);
    } catch (RuntimeException exception) {
      stores.close();
      throw exception;
    }
  }

  /**
   * Says that the process closes this while it exits. Otherwise its stores end at once then, and
   * services that are still closing wait for them in vain, each call for as long as it may.
   */
  public void closedByOwner() {
    stores.closedByOwner();
  }

  /** The public address. */
  public URI gateway() {
    return platform.gateway();
  }

  /** Its secrets. */
  public Secrets secrets() {
    return secrets;
  }

  /** Where its stores are. */
  public Stores stores() {
    return stores.stores();
  }

  /** Whether all that it keeps lies in its directory. */
  public boolean keepsItsDatabase() {
    return stores.hasDatabase();
  }

  /** The running services. */
  public LocalPlatform platform() {
    return platform;
  }

  @Override
  public void close() {
    platform.close();
    stores.close();
  }
}
