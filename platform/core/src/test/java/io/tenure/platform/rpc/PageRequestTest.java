package io.tenure.platform.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.longrunning.ListOperationsRequest;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class PageRequestTest {

  private static final int STANDARD = 3;
  private static final int MOST = 5;

  private final ListOperationsRequest request =
      ListOperationsRequest.newBuilder().setFilter("open").build();

  @Test
  void theTokensLeadThroughAListOnce() {
    Property.forAll(
        Generator.integers(0, 40),
        count -> {
          List<String> all = IntStream.range(0, count).mapToObj("%03d"::formatted).toList();
          for (int size = 0; size <= MOST; size++) {
            assertThat(walk(all, size)).isEqualTo(all);
          }
        });
  }

  @Test
  void aSizeBelowNothingOrAboveTheLargestIsRefused() {
    assertThat(page(request).size()).isEqualTo(STANDARD);
    assertThat(page(request.toBuilder().setPageSize(MOST).build()).size()).isEqualTo(MOST);
    assertRefused(() -> page(request.toBuilder().setPageSize(MOST + 1).build()), "page_size");
    assertRefused(() -> page(request.toBuilder().setPageSize(-1).build()), "page_size");
  }

  @Test
  void aTokenBelongsToItsQuestionAtAnySize() {
    ListOperationsRequest next = request.toBuilder().setPageToken(page(request).next("b")).build();
    assertThat(page(next).after()).isEqualTo("b");
    assertThat(page(next.toBuilder().setPageSize(1).build()).after()).isEqualTo("b");
    assertRefused(() -> page(next.toBuilder().setFilter("all").build()).after(), "page_token");
  }

  @Test
  void aFieldThatMayChangeIsNoPartOfTheQuestion() {
    String token = PageRequest.of(request, STANDARD, MOST, "filter").next("b");
    ListOperationsRequest other =
        ListOperationsRequest.newBuilder().setFilter("all").setPageToken(token).build();
    assertThat(PageRequest.of(other, STANDARD, MOST, "filter").after()).isEqualTo("b");
  }

  @Test
  void aTokenNobodyGaveOutIsRefused() {
    String ours = page(request).next("7", "x");
    for (String forged : List.of("!", "x", "bm8", ours.substring(1), ours.substring(4))) {
      ListOperationsRequest next = request.toBuilder().setPageToken(forged).build();
      assertRefused(() -> page(next).after(), "page_token");
    }
    ListOperationsRequest next = request.toBuilder().setPageToken(ours).build();
    assertThat(page(next).after(List::copyOf)).contains(List.of("7", "x"));
    assertRefused(() -> page(next).after(parts -> Long.parseLong(parts.getLast())), "page_token");
    assertRefused(() -> page(next).after(parts -> parts.get(2)), "page_token");
  }

  private List<String> walk(List<String> all, int size) {
    List<String> walked = new ArrayList<>();
    ListOperationsRequest next = request.toBuilder().setPageSize(size).build();
    do {
      PageRequest page = page(next);
      String after = page.after();
      List<String> found =
          all.stream().filter(id -> id.compareTo(after) > 0).limit(page.oneMore()).toList();
      next = next.toBuilder().setPageToken(page.fill(found, id -> id, walked::add)).build();
    } while (!next.getPageToken().isEmpty());
    return walked;
  }

  private static PageRequest page(ListOperationsRequest request) {
    return PageRequest.of(request, STANDARD, MOST);
  }

  private static void assertRefused(ThrowingCallable question, String field) {
    assertThatThrownBy(question)
        .isInstanceOfSatisfying(
            Failure.class,
            refused ->
                assertThat(refused.violations()).extracting(FieldViolation::field).contains(field));
  }
}
