package rrlog.core.machine.platform.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Rolls;

class ElfReaderTest {
  private static byte[] guest() throws IOException {
    String name = "/rrlog/core/machine/riscv/hart/guests/counters.elf";
    try (InputStream in = Objects.requireNonNull(ElfReaderTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  /** A file with one segment of 4 bytes at 0x80000000 and two symbols. */
  private static ByteBuffer small() {
    ByteBuffer b = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    b.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    b.putShort(16, (short) 2).putShort(18, (short) 243).putLong(24, 0x8000_0002L);
    b.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
    b.putLong(40, 128).putShort(58, (short) 64).putShort(60, (short) 2);
    b.putInt(64, 1).putLong(72, 400).putLong(80, 0x1000).putLong(88, 0x8000_0000L);
    b.putLong(96, 4).putLong(104, 0x20);
    b.putInt(128 + 4, 2).putLong(128 + 24, 256).putLong(128 + 32, 72).putInt(128 + 40, 1);
    b.putInt(192 + 4, 3).putLong(192 + 24, 380).putLong(192 + 32, 12);
    b.putInt(256 + 24, 1).put(256 + 28, (byte) 2).putShort(256 + 30, (short) 1);
    b.putLong(256 + 32, 0x8000_0000L).putLong(256 + 40, 0x10);
    b.putInt(256 + 48, 6).put(256 + 52, (byte) 1).putShort(256 + 54, (short) 1);
    b.putLong(256 + 56, 0x8000_0010L);
    b.put(381, "main\0data\0".getBytes());
    b.putInt(400, 0x1234_5678);
    return b;
  }

  @Test
  void reads_segments_by_physical_address_and_symbols() throws BadImageException {
    ProgramImage image = ProgramImage.elf(small().array());

    assertThat(image.entry()).isEqualTo(0x8000_0002L);
    assertThat(image.segments()).hasSize(1);
    Segment segment = image.segments().getFirst();
    assertThat(segment.address()).isEqualTo(0x8000_0000L);
    assertThat(segment.bytes()).containsExactly(0x78, 0x56, 0x34, 0x12);
    assertThat(segment.memorySize()).isEqualTo(0x20);
    assertThat(image.lowAddress()).isEqualTo(0x8000_0000L);
    assertThat(image.highAddress()).isEqualTo(0x8000_0020L);
    assertThat(image.symbols().describe(0x8000_0000L)).contains("main");
    assertThat(image.symbols().describe(0x8000_0004L)).contains("main+0x4");
    assertThat(image.symbols().describe(0x8000_0110L)).contains("data+0x100");
    assertThat(image.symbols().describe(0x7fff_ffffL)).isEmpty();
    assertThat(image.symbols().addressOf("data")).hasValue(0x8000_0010L);
  }

  @Test
  void reads_a_real_guest() throws Exception {
    ProgramImage image = ProgramImage.elf(guest());

    assertThat(image.entry()).isEqualTo(0x8000_0000L);
    assertThat(image.lowAddress()).isEqualTo(0x8000_0000L);
  }

  @Test
  void says_what_is_wrong() {
    assertThatThrownBy(() -> ProgramImage.elf(new byte[0])).hasMessage("not an ELF file");
    assertThatThrownBy(() -> ProgramImage.elf("MZ and more".getBytes()))
        .hasMessage("not an ELF file");
    assertThatThrownBy(() -> ProgramImage.elf(Arrays.copyOf(small().array(), 63)))
        .hasMessage("the ELF file ends inside its header");
    assertThatThrownBy(() -> ProgramImage.elf(small().put(4, (byte) 1).array()))
        .hasMessage("a 32-bit ELF file; the machine is 64-bit");
    assertThatThrownBy(() -> ProgramImage.elf(small().put(5, (byte) 2).array()))
        .hasMessage("a big-endian ELF file; the machine is little-endian");
    assertThatThrownBy(() -> ProgramImage.elf(small().putShort(18, (short) 62).array()))
        .hasMessage("an ELF file for another machine (x86-64); this one is RISC-V");
    assertThatThrownBy(() -> ProgramImage.elf(small().putShort(16, (short) 1).array()))
        .hasMessage("the ELF file is not an executable (type 1)");
    assertThatThrownBy(() -> ProgramImage.elf(small().putShort(56, (short) 0).array()))
        .hasMessage("the ELF file has no loadable segment");
    assertThatThrownBy(() -> ProgramImage.elf(small().putLong(72, 510).array()))
        .hasMessageContaining("segment 0 lies outside the file");
    assertThatThrownBy(() -> ProgramImage.elf(small().putLong(104, 1).array()))
        .hasMessage("segment 0 is larger in the file than in memory");
  }

  @Test
  void damaged_files_end_in_an_answer_or_in_a_bad_image() {
    Rolls.each(
        2000,
        rolls -> {
          byte[] bytes = damaged(rolls.flag() ? small().array() : guest(), rolls.random());
          try {
            assertThat(ProgramImage.elf(bytes).segments()).isNotEmpty();
          } catch (BadImageException e) {
            assertThat(e).hasMessageMatching("[^\\n]+");
          }
        });
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      int at = random.nextInt(4) > 0 ? random.nextInt(400) : random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt();
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
