package rrlog.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that do not change. */
class PayloadTest {

  @Test
  void does_not_change_with_the_array_it_was_made_of() {
    byte[] bytes = {1, 2, 3};
    Payload payload = Payload.of(bytes);
    bytes[0] = 9;
    assertThat(payload.at(0)).isEqualTo((byte) 1);
  }

  @Test
  void does_not_change_with_the_array_it_gives() {
    Payload payload = Payload.of((byte) 1);
    payload.toByteArray()[0] = 9;
    assertThat(payload.at(0)).isEqualTo((byte) 1);
  }

  @Test
  void is_equal_to_one_with_the_same_bytes() {
    assertThat(Payload.ofText("ab")).isEqualTo(Payload.of((byte) 'a', (byte) 'b'));
    assertThat(Payload.ofText("ab")).hasSameHashCodeAs(Payload.of((byte) 'a', (byte) 'b'));
    assertThat(Payload.ofText("ab")).isNotEqualTo(Payload.ofText("ac"));
  }

  @Test
  void is_the_same_where_it_is_empty() {
    assertThat(Payload.of()).isSameAs(Payload.EMPTY);
    assertThat(Payload.wrapping(new byte[0])).isSameAs(Payload.EMPTY);
  }

  @Test
  void puts_its_bytes_into_a_buffer() {
    ByteBuffer buffer = ByteBuffer.allocate(4);
    Payload.ofText("abc").copyTo(buffer);
    assertThat(buffer.array()).containsExactly('a', 'b', 'c', 0);
  }

  @Test
  void has_no_byte_behind_its_end() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Payload.ofText("abc").at(3));
  }

  @Test
  void shows_the_first_bytes_only() {
    assertThat(Payload.ofText("abc")).hasToString("3 bytes 616263");
    assertThat(Payload.of(new byte[17]).toString()).startsWith("17 bytes 00").endsWith("...");
  }
}
