package rrlog.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.log.Dialects;
import rrlog.core.testing.Samples;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;

/** What a file is taken for, by its first bytes. */
class RecognitionTest {
  @TempDir private Path folder;

  private static IOException refusal(byte[] file) {
    return refusal(file, LogFile.Options.NONE);
  }

  private static IOException refusal(byte[] file, LogFile.Options options) {
    return assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> LogFile.open(new ByteArrayInputStream(file), options).close())
        .actual();
  }

  private static byte[] at(int offset, String hex) {
    byte[] file = new byte[1024];
    byte[] magic = HexFormat.of().parseHex(hex);
    System.arraycopy(magic, 0, file, offset, magic.length);
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7f454c46, ELF",
    "0, d4c3b2a1, pcap",
    "0, 4d3cb2a1, pcap",
    "0, 0a0d0d0a, pcapng",
    "257, 7573746172, tar",
    "0, fd377a585a00, xz",
    "0, 425a68, bzip2",
    "0, 514649fb, qcow2",
    "0, 4b444d56, VMDK",
    "0, 7668647866696c65, VHDX",
    "64, 7f10dabe, VDI",
    "0, d00dfeed, device tree",
    "0, 504b0304, zip",
    "56, 52534305, kernel image",
    "514, 48647253, kernel image",
    "0, 303730373031, cpio",
    "0, 213c617263683e0a, ar archive",
    "0, 5145564d, saved machine"
  })
  void aForeignFileIsNamed(int offset, String magic, String name) {
    assertThat(refusal(at(offset, magic))).hasMessageStartingWith("not a replay log, but");
    assertThat(refusal(at(offset, magic))).hasMessageContaining(name);
  }

  @Test
  void a_foreign_file_is_named_from_a_file_too() throws IOException {
    Path file = Files.write(folder.resolve("kernel"), at(0, "7f454c46"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> LogFile.open(file, LogFile.Options.NONE))
        .withMessageContaining("ELF");
  }

  @Test
  void a_foreign_file_is_named_inside_a_compressed_one() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(at(257, "7573746172"));
    }
    assertThat(refusal(packed.toByteArray())).hasMessageContaining("tar archive");
  }

  @Test
  void text_and_foreign_json_are_told_apart() {
    assertThat(refusal("root:x:0:0\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("a text file");
    assertThat(refusal(" {\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("JSON, but not");
  }

  @Test
  void a_version_word_that_is_newer_is_said_to_be_one() {
    byte[] log = at(0, "00e020ff");
    assertThat(refusal(log))
        .hasMessageContaining("0xe020ff is that of a newer QEMU")
        .hasMessageContaining(Dialects.newest().id());
  }

  @Test
  void what_the_user_states_is_believed_whatever_the_first_bytes() throws IOException {
    var stated =
        new LogFile.Options(
            Optional.of(Dialects.newest()), Optional.empty(), offset -> {}, FileLimits.DEFAULT);
    try (LogFile file = LogFile.open(new ByteArrayInputStream(at(0, "7f454c46")), stated)) {
      assertThat(file.reader().dialect()).isEqualTo(Dialects.newest());
    }
  }

  @Test
  void every_format_is_recognised_by_what_it_writes() throws IOException {
    Path recorded = Samples.path("logs/5.2.0/pc-boot-blk.bin");
    for (LogFormat format : LogFormats.all()) {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      try (LogFile log = LogFile.open(recorded, LogFile.Options.NONE)) {
        format.write(log.reader(), written);
      }
      try (LogFile again =
          LogFile.open(new ByteArrayInputStream(written.toByteArray()), LogFile.Options.NONE)) {
        assertThat(again.format().name()).isEqualTo(format.name());
      }
    }
  }

  @Test
  void no_recording_is_taken_for_a_foreign_file() throws IOException {
    for (Path recorded : Samples.logs("logs")) {
      byte[] log = Samples.bytes(recorded);
      byte[] head = Arrays.copyOf(log, Math.min(LogFormat.HEAD_SIZE, log.length));
      assertThat(ForeignFile.named(head)).as("%s", recorded).isEmpty();
    }
  }
}
