package rrlog.core.machine.riscv.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disassembler against the one of GNU binutils, where that is installed. */
class ObjdumpTest {
  private static final String OBJDUMP = "riscv64-unknown-elf-objdump";
  private static final String MARCH =
      "rv64imafdch_zicsr_zifencei_zihintpause_zba_zbb_zbc_zbs_zbkb_zbkc_zbkx_svinval";

  /** binutils before 2.42 print {@code add a0,a0,1} for addi and the like. */
  private static final Pattern IMMEDIATE =
      Pattern.compile(
          "(add|and|or|xor|sll|srl|sra|slt|sltu|ror|bset|bclr|binv|bext)(w?)"
              + " (\\w+,\\w+,)(-?\\d+|0x[0-9a-f]+)");

  /** Of Zawrs and Zicond, and of Zcb where they are compressed, binutils 2.40 know nothing. */
  private static final Pattern NEWER = Pattern.compile("(wrs|czero)\\..*");

  private static final Pattern NEWER_COMPRESSED =
      Pattern.compile("(lbu|lhu?|sb|sh|zext\\..|sext\\.[bh]|not|mul) .*");

  @TempDir Path folder;

  @Test
  void agrees_on_random_instructions() throws IOException, InterruptedException {
    StringBuilder source = new StringBuilder();
    List<String> ours = new ArrayList<>();
    Disassembler disassembler = new Disassembler(at -> Optional.empty());
    Random random = new Random(42);
    List<Encoding> all = InstructionSet.encodings();
    for (int at = 0; at < 4 * 10_000; ) {
      int word = random.nextInt(0x10000);
      if (random.nextInt(4) > 0) {
        Encoding e = all.get(random.nextInt(all.size()));
        word = random.nextInt() & ~e.mask() | e.match();
        if (!printable(e, word) || NEWER.matcher(text(disassembler, at, word)).matches()) {
          continue;
        }
      } else if (!InstructionSet.isCompressed(word)
          || hint(word)
          || NEWER_COMPRESSED.matcher(text(disassembler, at, word)).matches()) {
        continue;
      }
      source.append(".insn 0x").append(Integer.toHexString(word)).append('\n');
      ours.add(Integer.toHexString(at) + ": " + text(disassembler, at, word));
      at += InstructionSet.isCompressed(word) ? 2 : 4;
    }

    assertThat(ours).containsExactlyElementsOf(objdump(source.toString()));
  }

  private static String text(Disassembler disassembler, int at, int word) {
    return disassembler.disassemble(at, word).toString();
  }

  /** Where the two differ for a reason: reserved fields, hints, and aliases of later binutils. */
  private static boolean printable(Encoding e, int word) {
    if (e.op() >= Op.FLI_S && e.op() < Op.FLOAT_END) {
      return false; // Zfa, which the binutils in use need not know
    }
    return switch (e.format()) {
      case FENCE -> (word & 0xf00f_ff80) == 0 && (word >>> 20 & 0xf) != 0 && word >>> 24 != 0;
      case CSR, CSR_IMMEDIATE -> false; // names differ with the binutils' privileged version
      case FLOAT_FUSED, FLOAT_ROUNDED -> rounding(word) < 5 || rounding(word) == 7;
      case FLOAT_UNARY_ROUNDED, FLOAT_TO_INTEGER_ROUNDED, INTEGER_TO_FLOAT_ROUNDED ->
          switch (e.op()) {
            case Op.FCVT_D_S, Op.FCVT_D_W, Op.FCVT_D_WU -> rounding(word) == 0; // exact
            default -> rounding(word) < 5 || rounding(word) == 7;
          };
      case NONE -> e.op() != Op.FENCE_I || word == e.match();
      default -> (word >>> 7 & 0x1f) != 0;
    };
  }

  private static int rounding(int word) {
    return word >>> 12 & 7;
  }

  /** Reserved encodings and hints, which the two name differently. */
  private static boolean hint(int half) {
    int word = Compressed.expand(half);
    return InstructionSet.find(word)
        .map(
            e ->
                (word >>> 7 & 0x1f) == 0
                    || (e.format() == Format.SHIFT && e.format().immediate(word) == 0))
        .orElse(true);
  }

  private List<String> objdump(String source) throws IOException, InterruptedException {
    Path text = Files.writeString(folder.resolve("code.s"), source);
    Path object = folder.resolve("code.o");
    run("riscv64-unknown-elf-as", "-march=" + MARCH, "-o", object.toString(), text.toString());
    String listing = run(OBJDUMP, "-d", object.toString());
    List<String> lines = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("(?m)^ +([0-9a-f]+):\\t[0-9a-f ]+\\t([^#<\\n]*)").matcher(listing);
    while (matcher.find()) {
      String instruction = matcher.group(2).replace('\t', ' ').replace(",0x0 ", " ").strip();
      lines.add(matcher.group(1) + ": " + modern(instruction));
    }
    return lines;
  }

  private static String modern(String instruction) {
    Matcher matcher = IMMEDIATE.matcher(instruction);
    if (!matcher.matches()) {
      return instruction;
    }
    String name = matcher.group(1).equals("sltu") ? "sltiu" : matcher.group(1) + "i";
    return name + matcher.group(2) + " " + matcher.group(3) + matcher.group(4);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, command[0] + " is not installed");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
