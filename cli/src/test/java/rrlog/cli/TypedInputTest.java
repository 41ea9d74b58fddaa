package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rrlog.cli.io.TypedInput;

/** What is typed while a guest runs. */
@Timeout(30)
final class TypedInputTest {
  private static final int AHEAD = 100;

  @Test
  void every_byte_arrives_once_and_in_order() throws Exception {
    byte[] typed = new byte[10_007];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = (byte) (i * 31 >> 3);
    }
    TypedInput input = TypedInput.of(new ByteArrayInputStream(typed), AHEAD);
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    while (!input.ended()) {
      var some = input.take(0, 1 + taken.size() % 17);
      for (int i = 0; i < some.length(); i++) {
        taken.write(some.at(i));
      }
    }
    assertThat(taken.toByteArray()).isEqualTo(typed);
  }

  @Test
  void who_types_faster_than_the_guest_reads_waits() throws Exception {
    AtomicLong read = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            read.incrementAndGet();
            return 'y';
          }
        };
    TypedInput input = TypedInput.of(endless, AHEAD);
    while (read.get() < AHEAD) {
      Thread.sleep(1);
    }
    Thread.sleep(100);
    assertThat(read.get()).isLessThanOrEqualTo(2 * AHEAD);
    assertThat(input.take(0, 1000).length()).isEqualTo(AHEAD);
  }
}
