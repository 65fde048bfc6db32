package io.tenure.alert.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tenure.proto.condition.v1.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"event":{"selector":{"name":"Login"},"operator":"OPERATOR_LESS","count":1,"window":{"last":"864000s"}}} | did not do Login in the last 10 days
          {"event":{"selector":{"name":"Login"},"operator":"OPERATOR_GREATER_OR_EQUAL","count":1}} | did Login
          {"event":{"selector":{},"operator":"OPERATOR_EQUAL","count":2,"window":{"last":"5400s"}}} | did anything exactly 2 times in the last 90 minutes
          {"event":{"selector":{"name":"Transfer","filters":[{"name":"amount","operator":"OPERATOR_GREATER","values":[1000]}]},"operator":"OPERATOR_LESS_OR_EQUAL","count":3}} | did Transfer (with amount that is greater than 1000) at most 3 times
          {"event":{"selector":{"name":"Login"},"operator":"OPERATOR_GREATER","count":0,"window":{"interval":{"start_time":"2026-01-01T00:00:00Z","end_time":"2026-02-01T00:00:00Z"}}}} | did Login more than 0 times from 2026-01-01T00:00:00Z to 2026-02-01T00:00:00Z
          {"latest":{"property":"balance","operator":"OPERATOR_LESS","values":[100]}} | has a latest balance that is less than 100
          {"latest":{"selector":{"name":"Login"},"property":"balance","operator":"OPERATOR_IS_SET"}} | has a latest balance (of Login) that is set
          {"trait":{"name":"tier","operator":"OPERATOR_EQUAL","values":["gold","silver"]}} | has the trait tier that is "gold" or "silver"
          {"segment":{"segment_id":"vip"}} | is in the segment vip
          {"not":{"segment":{"segment_id":"vip"}}} | does not fulfil this: (is in the segment vip)
          {"all":{"conditions":[{"segment":{"segment_id":"vip"}},{"any":{"conditions":[{"trait":{"name":"age","operator":"OPERATOR_LESS","values":[30.5]}},{"segment":{"segment_id":"new"}}]}}]}} | is in the segment vip and (has the trait age that is less than 30.5 or is in the segment new)
          {"sequence":{"steps":[{"name":"RiskQuestionStart"},{"name":"RiskQuestionFinish"}],"within":"3600s","window":{"last":"86400s"}}} | did RiskQuestionStart, then RiskQuestionFinish within 1 hour, starting in the last 1 day
          """)
  void readsAsASentence(String json, String words) throws InvalidProtocolBufferException {
    Condition.Builder condition = Condition.newBuilder();
    JsonFormat.parser().merge(json, condition);

    assertThat(ConditionWords.of(condition.build())).isEqualTo(words);
  }
}
