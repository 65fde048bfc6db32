package io.tenure.gateway.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives what fails outside the dispatcher the same form as everything else. */
@RestController
public final class ContainerProblems implements ErrorController {

  private final Problems problems;

  /** Container errors as problems. */
  public ContainerProblems(Problems problems) {
    this.problems = problems;
  }

  /** Answers the container's error dispatch. */
  @RequestMapping("${server.error.path:/error}")
  public void report(HttpServletRequest request, HttpServletResponse response) {
    boolean direct =
        !(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer);
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    if (direct) {
      throw Refusal.unknownPath();
    }
    problems.write(response, status);
  }
}
