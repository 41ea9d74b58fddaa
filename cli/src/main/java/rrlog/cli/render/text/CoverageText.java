package rrlog.cli.render.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rrlog.core.machine.platform.image.LineTable;
import rrlog.core.run.trace.Coverage;

/** Which code was executed, in the files that tools for coverage read. */
public final class CoverageText {
  /** Offsets in a module are 32 bits. */
  private static final long MODULE = 1L << 31;

  private static final int MOST_BLOCK = 0xffff;

  private CoverageText() {}

  private record Block(long start, int length) {}

  /**
   * Writes drcov, as DynamoRIO's tool does (version 2): instructions that follow one another are a
   * block. A module is a region of 2 GiB of virtual addresses in which something was executed,
   * named after the kernel or firmware where they have symbols there.
   *
   * @param name of a module, by its first address
   */
  public static void drcov(Coverage coverage, Names name, OutputStream out) throws IOException {
    Map<Long, List<Block>> modules = new TreeMap<>(Long::compareUnsigned);
    List<Block> blocks = blocks(coverage);
    for (Block block : blocks) {
      modules.computeIfAbsent(block.start() & -MODULE, base -> new ArrayList<>()).add(block);
    }
    StringBuilder head = new StringBuilder("DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\n");
    head.append("Module Table: version 2, count ").append(modules.size()).append('\n');
    head.append("Columns: id, base, end, entry, checksum, timestamp, path\n");
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    int id = 0;
    for (Map.Entry<Long, List<Block>> module : modules.entrySet()) {
      long base = module.getKey();
      head.append(
          "%3d, 0x%016x, 0x%016x, 0x%016x, 0x00000000, 0x00000000, %s%n"
              .formatted(id, base, base + MODULE, 0L, name.of(base, base + MODULE)));
      for (Block block : module.getValue()) {
        table.write(
            ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (block.start() - base))
                .putShort((short) block.length())
                .putShort((short) id)
                .array());
      }
      id++;
    }
    head.append("BB Table: ").append(blocks.size()).append(" bbs\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    table.writeTo(out);
  }

  /** What a region of addresses is called. */
  @FunctionalInterface
  public interface Names {
    /** One line. */
    String of(long start, long end);
  }

  private static List<Block> blocks(Coverage coverage) {
    List<Block> blocks = new ArrayList<>();
    coverage.forEach(
        (address, length, times) -> {
          Block last = blocks.isEmpty() ? new Block(address, 0) : blocks.getLast();
          boolean joins =
              !blocks.isEmpty()
                  && last.start() + last.length() == address
                  && last.length() + length <= MOST_BLOCK
                  && (last.start() & -MODULE) == (address & -MODULE);
          if (joins) {
            blocks.set(blocks.size() - 1, new Block(last.start(), last.length() + length));
          } else {
            blocks.add(new Block(address, length));
          }
        });
    return blocks;
  }

  /** Writes lcov's tracefile: how often each source line was executed. */
  public static void lcov(Coverage coverage, LineTable lines, OutputStream out) throws IOException {
    Map<String, Map<Integer, Long>> files = new TreeMap<>();
    lines.forEach(
        (start, end, source) -> {
          long times = 0;
          for (long at = start; at != end && times == 0; at += 2) {
            times = coverage.times(at);
          }
          files
              .computeIfAbsent(source.file(), file -> new TreeMap<>())
              .merge(source.line(), times, Math::max);
        });
    StringBuilder text = new StringBuilder("TN:\n");
    files.forEach(
        (file, counts) -> {
          text.append("SF:").append(file).append('\n');
          counts.forEach((line, times) -> text.append("DA:" + line + "," + times + "\n"));
          text.append("LF:").append(counts.size()).append('\n');
          text.append("LH:").append(counts.values().stream().filter(times -> times > 0).count());
          text.append("\nend_of_record\n");
        });
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
