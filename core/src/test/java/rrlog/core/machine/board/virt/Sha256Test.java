package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class Sha256Test {
  @Test
  void agrees_with_the_jdk_s_at_every_length() throws Exception {
    byte[] bytes = new byte[300];
    new SplittableRandom(1).nextBytes(bytes);
    Sha256 digest = new Sha256();
    for (int length = 0; length < bytes.length; length++) {
      MessageDigest jdk = MessageDigest.getInstance("SHA-256");
      jdk.update(bytes, 0, length);
      assertThat(digest.digest()).as("length %d", length).isEqualTo(jdk.digest());
      digest.update(bytes, length, 1);
    }
  }
}
