package io.tenure.benchmarks.serving;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * The least a bulk evaluation can cost: the same HTTP server on virtual threads, which reads each
 * body to its end and sends the same bytes to everybody, or 304 to whoever has an ETag. Prints its
 * port; ends when its input does.
 */
public final class ReplayServer {

  private ReplayServer() {}

  /** Runs on a free port with the bytes of a file. */
  public static void main(String[] arguments) throws IOException, LifecycleException {
    byte[] reply = Files.readAllBytes(Path.of(arguments[0]));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("replay").toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    tomcat.getConnector().getProtocolHandler().setExecutor(new VirtualThreadExecutor("replay-"));
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "replay", new Replay(reply));
    context.addServletMappingDecoded("/*", "replay");
    tomcat.start();
    System.out.println(tomcat.getConnector().getLocalPort());
    while (System.in.read() >= 0) {
      // Until whoever started this closes the input.
    }
    tomcat.stop();
  }

  private static final class Replay extends HttpServlet {

    private final transient byte[] reply;

    Replay(byte[] reply) {
      this.reply = reply.clone();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
      if (request.getHeader("If-None-Match") == null) {
        response.setContentType("application/json");
        response.setContentLength(reply.length);
        response.getOutputStream().write(reply);
      } else {
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      }
    }
  }
}
