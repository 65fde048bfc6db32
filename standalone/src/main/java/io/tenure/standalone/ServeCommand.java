package io.tenure.standalone;

import io.tenure.platform.service.ServiceRunner;
import io.tenure.standalone.runtime.Service;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one service, configured by environment variables alone; this is what a container runs. */
@Command(name = "serve", description = "Runs one service, configured by its environment.")
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      description =
          "gateway, event-collector, profile-service, segment-service, experiment-service or"
              + " alert-service.")
  private String name = "";

  @Override
  public Integer call() throws InterruptedException {
    Service service =
        Service.of(name)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "There is no service '" + name + "'"));
    CountDownLatch stopped = new CountDownLatch(1);
    ServiceRunner.service(service.application(), service.label())
        .listeners(event -> countDownOnClose(event, stopped))
        .run();
    stopped.await();
    return 0;
  }

  private static void countDownOnClose(Object event, CountDownLatch stopped) {
    if (event instanceof org.springframework.context.event.ContextClosedEvent) {
      stopped.countDown();
    }
  }
}
