package rrlog.formats.archive.block;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogHeader;
import rrlog.formats.archive.api.MalformedArchiveException;

/** Blocks whose checksums are right and whose contents are not. */
class HostileBlockTest {
  @Test
  void survives_any_head_of_a_block() throws IOException {
    // The head is in a zstd frame, where random changes rarely get past zstd: made anew here.
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
    try (BlockDecoder decoder = new BlockDecoder();
        PlaneWriter planes = new PlaneWriter(1)) {
      for (int round = 0; round < 50_000; round++) {
        int size = 1 + random.nextInt(3000);
        byte[] contents = hostileContents(planes, random);
        if (contents.length <= size) {
          BlockHeader header =
              new BlockHeader(
                  BlockHeader.COLUMNS,
                  false,
                  1 + random.nextInt(size),
                  LogHeader.FIRST_EVENT,
                  0,
                  size,
                  contents.length,
                  BlockHeader.checksumOf(contents, 0, contents.length),
                  0);
          assertThatThrownBy(() -> decoder.unpack(header, contents, 0))
              .isInstanceOf(MalformedArchiveException.class);
        }
      }
    }
  }

  private static byte[] hostileContents(PlaneWriter planes, RandomGenerator random) {
    planes.clear();
    VarintWriter head = planes.head;
    int symbols = 1 + random.nextInt(3);
    head.put(symbols);
    for (int i = 0; i < symbols; i++) {
      head.put(1 | random.nextInt(6) << 2);
      head.putBytes(new byte[] {(byte) i}, 0, 1);
    }
    int numbers = random.nextInt(30);
    for (int i = 0; i < numbers; i++) {
      head.put(
          switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt() & 0xffffffffL;
            case 2 -> 256;
            case 3, 4 -> random.nextInt(300);
            default -> random.nextInt(4);
          });
    }
    byte[] plane = new byte[random.nextInt(200)];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (byte) random.nextInt(random.nextBoolean() ? 3 : 256);
    }
    planes.plane(plane, 0, plane.length);
    byte[] contents = new byte[planes.finish()];
    planes.copyTo(contents);
    return contents;
  }
}
