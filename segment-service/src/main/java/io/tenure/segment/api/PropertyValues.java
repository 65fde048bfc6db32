package io.tenure.segment.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gives stored property texts their types back. A text becomes a number only when the double of the
 * reply holds exactly that number and would be written the same way; account numbers with leading
 * zeros and amounts with more digits than a double has stay text.
 */
final class PropertyValues {

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,15})(\\.\\d{1,15})?");
  private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

  private PropertyValues() {}

  static Struct struct(Map<String, String> properties) {
    Struct.Builder struct = Struct.newBuilder();
    properties.forEach((name, text) -> struct.putFields(name, value(text)));
    return struct.build();
  }

  static Value value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Value.newBuilder().setBoolValue(text.equals("true")).build();
    }
    if (isExactNumber(text)) {
      return Value.newBuilder().setNumberValue(Double.parseDouble(text)).build();
    }
    if (text.startsWith("[") || text.startsWith("{")) {
      return structured(text);
    }
    return Value.newBuilder().setStringValue(text).build();
  }

  private static boolean isExactNumber(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return false;
    }
    BigDecimal number = new BigDecimal(text);
    return number.abs().compareTo(MOST) <= 0
        && BigDecimal.valueOf(number.doubleValue()).compareTo(number) == 0;
  }

  private static Value structured(String text) {
    Value.Builder value = Value.newBuilder();
    try {
      JsonFormat.parser().merge(text, value);
      return value.build();
    } catch (InvalidProtocolBufferException notJson) {
      return Value.newBuilder().setStringValue(text).build();
    }
  }
}
