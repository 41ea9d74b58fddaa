package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.cli.render.LineBytes;
import rrlog.cli.render.text.InstructionText;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;
import rrlog.core.run.ReExecution;

/** Lines of traces that are put together as bytes. */
final class TraceLinesTest {
  private static String of(LineBytes line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line.writeTo(out);
    return out.toString(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 4096, 999_999_999_999L, 1_000_000_000_000L, Long.MAX_VALUE})
  void numbers_are_those_of_a_formatter(long number) throws IOException {
    assertThat(of(new LineBytes().decimal(number, 12))).isEqualTo("%12d".formatted(number));
    assertThat(of(new LineBytes().hex(number, 16))).isEqualTo("%016x".formatted(number));
    assertThat(of(new LineBytes().hex(number, 4))).isEqualTo("%04x".formatted(number & 0xffff));
  }

  @Test
  void a_line_of_any_length_fits() throws IOException {
    LineBytes line = new LineBytes();
    byte[] part = "x".repeat(700).getBytes(StandardCharsets.US_ASCII);
    line.put(part).put(part).put(part).put('y');
    assertThat(of(line)).isEqualTo("x".repeat(2100) + "y");
  }

  /** With waits, faults, and code that is replaced by other code. */
  @ParameterizedTest
  @ValueSource(strings = {"g03_timer", "g07_sv39"})
  void a_trace_says_of_each_instruction_what_is_said_of_it_alone(String guest) throws Exception {
    Path log = MachineVerb.sample(guest + "/s3-on.bin");
    MachineConfig config =
        QemuOptions.parse(MachineVerb.options(log), log.getParent(), Release.of("7.2.22"));
    List<String> alone = new ArrayList<>();
    try (LogReader reader = LogReader.open(log);
        ReExecution run = ReExecution.of(reader, config, OutputStream.nullOutputStream())) {
      InstructionText text = new InstructionText(run.machine());
      run.trace(12_000, 14_000, () -> alone.add(text.next()), () -> {});
      run.play(StopAt.icount(14_000));
    }
    MachineVerb traced =
        MachineVerb.replay(log, MachineVerb.options(log), "--trace=icount:12000..14000", "-q");
    assertThat(traced.out().lines().limit(alone.size())).containsExactlyElementsOf(alone);
    assertThat(alone).hasSizeGreaterThan(1000);
  }
}
