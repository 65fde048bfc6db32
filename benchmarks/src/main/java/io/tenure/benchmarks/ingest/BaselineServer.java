package io.tenure.benchmarks.ingest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * The least a door can cost: the same HTTP server on virtual threads, which reads each body to its
 * end, forgets it, and answers 200. Prints its port; ends when its input does.
 */
public final class BaselineServer {

  private BaselineServer() {}

  /** Runs on a free port. */
  public static void main(String[] arguments) throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("baseline").toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    tomcat.getConnector().getProtocolHandler().setExecutor(new VirtualThreadExecutor("baseline-"));
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "discard", new Discard());
    context.addServletMappingDecoded("/*", "discard");
    tomcat.start();
    System.out.println(tomcat.getConnector().getLocalPort());
    while (System.in.read() >= 0) {
      // Until whoever started this closes the input.
    }
    tomcat.stop();
  }

  private static final class Discard extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
      response.setContentLength(0);
    }
  }
}
