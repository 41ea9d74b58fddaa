package rrlog.formats.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;

/** A log as it comes out of a stream, in a temporary file that nobody else sees. */
final class Unpacked {
  private Unpacked() {}

  /**
   * Unpacks a log of which no event was read yet.
   *
   * @param limit most bytes
   * @throws IOException where it cannot be read or written, or is larger
   */
  static MappedSource of(LogReader log, long limit) throws IOException {
    Path file = Files.createTempFile("rrlog-", ".log");
    // What is mapped stays readable when its name is gone.
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      channel.write(ByteBuffer.wrap(log.header().toByteArray()));
      long first = log.origin().orElse(LogHeader.FIRST_EVENT).offset();
      log.copy(
          first,
          Long.MAX_VALUE,
          (bytes, offset) -> {
            if (offset - first + LogHeader.SIZE + bytes.byteSize() > limit) {
              throw new IOException("is larger than " + limit + " bytes when it is unpacked");
            }
            for (var rest = bytes.asByteBuffer(); rest.hasRemaining(); ) {
              channel.write(rest);
            }
          });
      return MappedSource.of(channel);
    }
  }
}
