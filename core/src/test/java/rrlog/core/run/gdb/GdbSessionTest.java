package rrlog.core.run.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The remote protocol, with a machine of ten places that counts. */
@Timeout(20)
final class GdbSessionTest {
  /** Register 0 is the place; an access watch hits at place 7, breakpoints where they are set. */
  private static final class Counting implements DebugTarget {
    private int place;
    private List<Breakpoint> breakpoints = List.of();

    @Override
    public Stop stepForward() {
      if (place == 9) {
        return new Stop.LogEnd();
      }
      place++;
      return new Stop.Stepped();
    }

    @Override
    public Stop stepBackward() {
      if (place == 0) {
        return new Stop.LogBegin();
      }
      place--;
      return new Stop.Stepped();
    }

    @Override
    public Stop continueForward(BooleanSupplier interrupted) {
      while (!interrupted.getAsBoolean()) {
        if (stepForward() instanceof Stop.LogEnd end) {
          return end;
        }
        for (Breakpoint breakpoint : breakpoints) {
          if (breakpoint.address() == place) {
            return breakpoint.kind().execution()
                ? new Stop.AtBreakpoint(breakpoint)
                : new Stop.Watched(breakpoint, breakpoint.address());
          }
        }
      }
      return new Stop.Interrupted();
    }

    @Override
    public Stop continueBackward(BooleanSupplier interrupted) {
      place = 0;
      return new Stop.LogBegin();
    }

    @Override
    public void breakpoints(List<Breakpoint> all) {
      breakpoints = all;
    }

    @Override
    public List<Register> registers() {
      return RiscvRegisters.describe(i -> "x" + i, i -> "f" + i, List.of(1, 0x300), c -> "c" + c);
    }

    @Override
    public long value(Register register) {
      return register.number() == 0 ? place : 0x1122334455667788L;
    }

    @Override
    public Optional<byte[]> memory(long address, int length) {
      return address < 0x1000 ? Optional.of(new byte[Math.min(length, 4)]) : Optional.empty();
    }

    @Override
    public String monitor(String command) {
      return "you said " + command + "\n";
    }
  }

  private static String packet(String data) {
    int sum = 0;
    for (byte b : data.getBytes(StandardCharsets.ISO_8859_1)) {
      sum += b & 0xff;
    }
    return "$" + data + "#%02x".formatted(sum & 0xff);
  }

  /** What is answered to these packets, without acknowledgements; the client stays till then. */
  private static List<String> answers(String... packets) throws Exception {
    StringBuilder sent = new StringBuilder();
    for (String packet : packets) {
      sent.append(packet(packet));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream stays =
        new SequenceInputStream(
            new ByteArrayInputStream(sent.toString().getBytes(StandardCharsets.ISO_8859_1)),
            new InputStream() {
              @Override
              public int read() {
                while (split(out.toString(StandardCharsets.ISO_8859_1)).size() < packets.length) {
                  Thread.onSpinWait();
                }
                return -1;
              }
            });
    new GdbSession(new Counting(), stays, out).serve();
    return split(out.toString(StandardCharsets.ISO_8859_1));
  }

  private static String session(byte[] sent) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new GdbSession(new Counting(), new ByteArrayInputStream(sent), out).serve();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static List<String> split(String out) {
    List<String> answers = new ArrayList<>();
    for (int at = out.indexOf('$'); at >= 0; at = out.indexOf('$', at + 1)) {
      int end = out.indexOf('#', at);
      if (end > 0) {
        answers.add(out.substring(at + 1, end));
      }
    }
    return answers;
  }

  @Test
  void registers_are_told_least_significant_byte_first() throws Exception {
    assertThat(answers("p0", "p1", "p42"))
        .containsExactly("0000000000000000", "8877665544332211", "88776655");
    assertThat(answers("g").getFirst()).hasSize(33 * 16);
  }

  @Test
  void steps_and_ends_are_told_as_gdb_knows_them() throws Exception {
    assertThat(answers("bs", "s", "p0", "bc", "c"))
        .containsExactly(
            "T05replaylog:begin;thread:1;",
            "T05thread:1;",
            "0100000000000000",
            "T05replaylog:begin;thread:1;",
            "T05replaylog:end;thread:1;");
  }

  @Test
  void breakpoints_and_watchpoints_stop_and_can_be_taken_away() throws Exception {
    assertThat(answers("Z0,5,2", "Z2,7,8", "vCont;c", "c", "z2,7,8", "c"))
        .containsExactly(
            "OK",
            "OK",
            "T05swbreak:;thread:1;",
            "T05watch:7;thread:1;",
            "OK",
            "T05replaylog:end;thread:1;");
  }

  @Test
  void nothing_can_be_written() throws Exception {
    assertThat(answers("P0=00", "M0,1:00", "G00", "c1000")).containsOnly("E01");
    assertThat(answers("qSupported:error-message+", "M0,1:00").getLast())
        .isEqualTo("E.a recording is read-only");
  }

  @Test
  void memory_that_is_not_there_is_an_error_and_lengths_are_bounded() throws Exception {
    assertThat(answers("m0,4", "m0,ffffffffffffff", "m5000,4", "m0,0"))
        .containsExactly("00000000", "00000000", "E01", "");
  }

  @Test
  void monitor_commands_print_before_they_are_done() throws Exception {
    List<String> answers = answers("qRcmd," + "7768656e");
    assertThat(answers).containsExactly("O" + hex("you said when\n"), "OK");
  }

  private static String hex(String text) {
    return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_description_is_handed_out_in_parts() throws Exception {
    List<String> answers =
        answers("qXfer:features:read:target.xml:0,40", "qXfer:features:read:target.xml:40,10000");
    assertThat(answers.getFirst()).startsWith("m<?xml").hasSize(0x41);
    assertThat(answers.getLast()).startsWith("l").contains("org.gnu.gdb.riscv.csr");
    assertThat(answers("qXfer:features:read:target.xml:ffffff,10")).containsExactly("E01");
  }

  @Test
  void a_packet_with_a_wrong_checksum_is_asked_for_again() throws Exception {
    assertThat(session("$p0#00".getBytes(StandardCharsets.US_ASCII))).isEqualTo("-");
  }

  @Test
  void a_packet_that_is_sent_again_gets_one_answer() throws Exception {
    String twice = packet("p0") + packet("p0") + "+" + packet("?");
    assertThat(split(session(twice.getBytes(StandardCharsets.US_ASCII))))
        .containsExactly("0000000000000000", "S05");
  }

  @Test
  void an_endless_packet_ends_the_session() throws Exception {
    byte[] endless = new byte[Packets.LONGEST * 4];
    java.util.Arrays.fill(endless, (byte) 'a');
    endless[0] = '$';
    assertThat(session(endless)).isEmpty();
  }

  @Test
  void an_interrupt_stops_a_machine_that_runs() throws Exception {
    DebugTarget endless =
        new DebugTargetForwarder(new Counting()) {
          @Override
          public Stop continueForward(BooleanSupplier interrupted) {
            while (!interrupted.getAsBoolean()) {
              Thread.onSpinWait();
            }
            return new Stop.Interrupted();
          }
        };
    try (PipedInputStream in = new PipedInputStream();
        PipedOutputStream client = new PipedOutputStream(in)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Thread typing = Thread.ofVirtual().start(() -> send(client, packet("c"), "\003"));
      Thread.sleep(50);
      new Thread(
              () -> {
                try {
                  typing.join();
                  Thread.sleep(200);
                  client.close();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              })
          .start();
      new GdbSession(endless, in, out).serve();
      assertThat(split(out.toString(StandardCharsets.ISO_8859_1))).containsExactly("T02thread:1;");
    }
  }

  private static void send(OutputStream client, String... parts) {
    try {
      for (String part : parts) {
        client.write(part.getBytes(StandardCharsets.ISO_8859_1));
        client.flush();
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void garbage_ends_in_answers_or_in_the_end_of_the_session_and_nothing_else() throws Exception {
    long seed = 20261125;
    Random random = new Random(seed);
    String letters = "?gpmGPMXZzscbvHTqQ!,;:0123456789abcdefvContRcmdXfer\000\177\377";
    for (int round = 0; round < 3000; round++) {
      StringBuilder sent = new StringBuilder();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        StringBuilder data = new StringBuilder();
        for (int i = random.nextInt(0, 24); i > 0; i--) {
          data.append(letters.charAt(random.nextInt(letters.length())));
        }
        sent.append(packet(data.toString()));
      }
      String out = session(sent.toString().getBytes(StandardCharsets.ISO_8859_1));
      assertThat(out).as("seed %d, round %d", seed, round).doesNotContain("Exception");
    }
  }

  private static class DebugTargetForwarder implements DebugTarget {
    private final DebugTarget target;

    DebugTargetForwarder(DebugTarget target) {
      this.target = target;
    }

    @Override
    public Stop stepForward() {
      return target.stepForward();
    }

    @Override
    public Stop stepBackward() {
      return target.stepBackward();
    }

    @Override
    public Stop continueForward(BooleanSupplier interrupted) {
      return target.continueForward(interrupted);
    }

    @Override
    public Stop continueBackward(BooleanSupplier interrupted) {
      return target.continueBackward(interrupted);
    }

    @Override
    public void breakpoints(List<Breakpoint> all) {
      target.breakpoints(all);
    }

    @Override
    public List<Register> registers() {
      return target.registers();
    }

    @Override
    public long value(Register register) {
      return target.value(register);
    }

    @Override
    public Optional<byte[]> memory(long address, int length) {
      return target.memory(address, length);
    }

    @Override
    public String monitor(String command) {
      return target.monitor(command);
    }
  }
}
