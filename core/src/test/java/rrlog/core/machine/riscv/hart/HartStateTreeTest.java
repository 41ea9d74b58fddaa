package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.platform.image.BadImageException;
import rrlog.core.machine.platform.image.ProgramImage;
import rrlog.core.state.PagedMemory;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** What a hart shows of its state is all of it. */
class HartStateTreeTest {
  private static final long END = 2_000_000;

  /** Bytes of RAM that the guests use. */
  private static final int USED = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {"csrs", "counters", "instructions", "pagetables", "protection", "waiting"})
  void aFreshHartWithTheStateOfAnotherGoesOnAsThatOne(String guest) throws Exception {
    TestMachine whole = machine(guest);
    whole.run(END);
    long end = whole.hart.icount();
    Random random = new Random(7);
    for (int i = 0; i < 8; i++) {
      long at = random.nextLong(end);
      TestMachine first = machine(guest);
      first.run(at);
      TestMachine second = machine(guest);
      byte[] memory = new byte[USED];
      first.ram.read(first.ram.base(), memory, 0, memory.length);
      second.ram.write(second.ram.base(), memory);
      Map<String, Object> state = new HashMap<>();
      new Saver(state, "").part("hart", first.hart);
      new Loader(state, "").part("hart", second.hart);
      second.hart.stateLoaded();
      second.copyDevices(first);

      second.run(END);

      assertThat(second.hart.state()).as("saved at %d", at).isEqualTo(whole.hart.state());
      assertThat(first.consoleText() + second.consoleText()).isEqualTo(whole.consoleText());
    }
  }

  private static TestMachine machine(String guest) throws IOException, BadImageException {
    try (InputStream in =
        Objects.requireNonNull(
            HartStateTreeTest.class.getResourceAsStream("guests/" + guest + ".elf"))) {
      TestMachine machine = new TestMachine();
      machine.load(ProgramImage.elf(in.readAllBytes()));
      return machine;
    }
  }

  private record Saver(Map<String, Object> state, String path) implements StateVisitor {
    @Override
    public long number(String name, long value) {
      assertThat(state.put(path + name, value)).as(path + name).isNull();
      return value;
    }

    @Override
    public void numbers(String name, long[] values) {
      assertThat(state.put(path + name, values.clone())).as(path + name).isNull();
    }

    @Override
    public void bytes(String name, byte[] values) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public byte[] data(String name, byte[] value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public String text(String name, String value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void memory(String name, PagedMemory memory) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void part(String name, Stateful part) {
      part.visitState(new Saver(state, path + name + "/"));
    }
  }

  private record Loader(Map<String, Object> state, String path) implements StateVisitor {
    @Override
    public long number(String name, long value) {
      return (long) Objects.requireNonNull(state.get(path + name));
    }

    @Override
    public void numbers(String name, long[] values) {
      long[] saved = (long[]) Objects.requireNonNull(state.get(path + name));
      System.arraycopy(saved, 0, values, 0, values.length);
    }

    @Override
    public void bytes(String name, byte[] values) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public byte[] data(String name, byte[] value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public String text(String name, String value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void memory(String name, PagedMemory memory) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void part(String name, Stateful part) {
      part.visitState(new Loader(state, path + name + "/"));
    }
  }
}
