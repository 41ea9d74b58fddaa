package rrlog.core.machine.platform.image;

/**
 * A place in a source file.
 *
 * @param file its name as the compiler recorded it, with directories where it did
 * @param line from 1; 0 where the compiler names none
 */
public record SourceLine(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
