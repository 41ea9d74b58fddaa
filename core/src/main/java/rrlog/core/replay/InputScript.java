package rrlog.core.replay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import rrlog.core.event.Payload;

/**
 * Input that is known beforehand: bytes, each typed at an instruction count of its own.
 *
 * <p>As a text it is either lines {@code icount:N BYTES}, where BYTES is text with the escapes
 * {@code \n \r \t \b \e \\ \xHH}, or any other text, which is typed at once, as it is.
 */
public final class InputScript implements InputSource {

  /** Bytes and when they are typed. */
  private record Typed(long icount, byte[] bytes) {}

  private final ArrayDeque<Typed> script;
  private int taken;

  private InputScript(List<Typed> script) {
    this.script = new ArrayDeque<>(script);
  }

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException where a line of instruction counts is not well formed
   */
  public static InputScript parse(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith("icount:")) {
      return new InputScript(file.length == 0 ? List.of() : List.of(new Typed(0, file.clone())));
    }
    List<Typed> script = new ArrayList<>();
    for (String line : lines) {
      script.add(typed(line));
    }
    script.sort(Comparator.comparingLong(Typed::icount));
    return new InputScript(script);
  }

  private static Typed typed(String line) {
    int space = line.indexOf(' ');
    if (!line.startsWith("icount:") || space < 0) {
      throw new IllegalArgumentException("not a line icount:N BYTES: " + line);
    }
    try {
      long icount = Long.parseLong(line.substring("icount:".length(), space));
      return new Typed(icount, unescape(line.substring(space + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a line icount:N BYTES: " + line, e);
    }
  }

  private static byte[] unescape(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        bytes.write(c);
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'n' -> bytes.write('\n');
        case 'r' -> bytes.write('\r');
        case 't' -> bytes.write('\t');
        case 'b' -> bytes.write('\b');
        case 'e' -> bytes.write(0x1b);
        case 'x' -> {
          if (i + 2 >= text.length()) {
            throw new IllegalArgumentException("\\x needs two digits: " + text);
          }
          bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.write(escape);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Payload take(long icount, int room) {
    Typed next = script.peek();
    if (next == null || next.icount() > icount || room <= 0) {
      return Payload.EMPTY;
    }
    int count = Math.min(room, next.bytes().length - taken);
    Payload data = Payload.wrapping(Arrays.copyOfRange(next.bytes(), taken, taken + count));
    taken += count;
    if (taken == next.bytes().length) {
      script.remove();
      taken = 0;
    }
    return data;
  }

  @Override
  public OptionalLong nextIcount() {
    Typed next = script.peek();
    return next == null ? OptionalLong.empty() : OptionalLong.of(next.icount());
  }

  @Override
  public boolean ended() {
    return script.isEmpty();
  }
}
