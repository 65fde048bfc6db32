package io.tenure.collector.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives what the container refuses, such as a sender who is too slow, the form of all problems. */
@RestController
public final class ContainerProblems implements ErrorController {

  private final Problems problems;

  /** Container errors as problems. */
  public ContainerProblems(Problems problems) {
    this.problems = problems;
  }

  /** Answers the container's error dispatch; for everybody else there is nothing here. */
  @RequestMapping("${server.error.path:/error}")
  public ResponseEntity<ProblemDetail> report(HttpServletRequest request) {
    return problems.of(
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
            ? HttpStatusCode.valueOf(status)
            : HttpStatus.NOT_FOUND);
  }
}
