package rrlog.core.machine.platform.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.testing.Samples;

/** Versions read from firmware as it is shipped. */
final class OpenSbiVersionTest {
  @ParameterizedTest
  @CsvSource({"10.0/fw_dynamic.bin, 1.6", "11.1/fw_dynamic.bin, 1.9"})
  void the_version_is_what_the_banner_says(String image, String version) throws Exception {
    assertThat(OpenSbiVersion.of(Files.readAllBytes(Samples.guest(image)))).contains(version);
  }

  @Test
  void sources_from_git_describe_themselves() {
    ByteBuffer image = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    image.putInt(0x00000597).putInt(0x03058593); // a1 = 48
    image.putInt(0x00000517).putInt(0x01850513); // a0 = 32
    image.position(32).put("\nOpenSBI %s\n\0".getBytes(ISO_8859_1));
    image.position(48).put("v1.5.1\0".getBytes(ISO_8859_1));
    assertThat(OpenSbiVersion.of(image.array())).contains("1.5.1");
  }

  @Test
  void another_program_has_none() throws Exception {
    byte[] kernel = Files.readAllBytes(Samples.guest("g01_hello/guest.elf"));
    assertThat(OpenSbiVersion.of(kernel)).isEmpty();
  }
}
