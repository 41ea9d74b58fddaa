package rrlog.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import rrlog.cli.io.Terminal;
import rrlog.core.testing.Samples;

/** One run of the program inside the test's process. */
record Run(int status, byte[] bytes, String error) {

  static Run of(String... args) {
    return on(new byte[0], args);
  }

  static Run on(byte[] input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> false);
    int status = Main.run(terminal, args);
    return new Run(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  String out() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static Path sample(String name) {
    return Samples.path("logs/" + name);
  }
}
