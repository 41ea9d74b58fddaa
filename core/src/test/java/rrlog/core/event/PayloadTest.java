package rrlog.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that do not change. */
class PayloadTest {

  @Test
  void doesNotChangeWithTheArrayItWasMadeOf() {
    byte[] bytes = {1, 2, 3};
    Payload payload = Payload.of(bytes);
    bytes[0] = 9;
    assertThat(payload.at(0)).isEqualTo((byte) 1);
  }

  @Test
  void doesNotChangeWithTheArrayItGives() {
    Payload payload = Payload.of((byte) 1);
    payload.toByteArray()[0] = 9;
    assertThat(payload.at(0)).isEqualTo((byte) 1);
  }

  @Test
  void isEqualToOneWithTheSameBytes() {
    assertThat(Payload.ofText("ab")).isEqualTo(Payload.of((byte) 'a', (byte) 'b'));
    assertThat(Payload.ofText("ab")).hasSameHashCodeAs(Payload.of((byte) 'a', (byte) 'b'));
    assertThat(Payload.ofText("ab")).isNotEqualTo(Payload.ofText("ac"));
  }

  @Test
  void isTheSameWhereItIsEmpty() {
    assertThat(Payload.of()).isSameAs(Payload.EMPTY);
    assertThat(Payload.wrapping(new byte[0])).isSameAs(Payload.EMPTY);
  }

  @Test
  void putsItsBytesIntoABuffer() {
    ByteBuffer buffer = ByteBuffer.allocate(4);
    Payload.ofText("abc").copyTo(buffer);
    assertThat(buffer.array()).containsExactly('a', 'b', 'c', 0);
  }

  @Test
  void hasNoByteBehindItsEnd() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Payload.ofText("abc").at(3));
  }

  @Test
  void showsTheFirstBytesOnly() {
    assertThat(Payload.ofText("abc")).hasToString("3 bytes 616263");
    assertThat(Payload.of(new byte[17]).toString()).startsWith("17 bytes 00").endsWith("...");
  }
}
