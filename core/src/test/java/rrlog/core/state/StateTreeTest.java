package rrlog.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.machine.platform.bus.Ram;

final class StateTreeTest {
  /** A part with a value of each kind, and perhaps a part within. */
  private static final class Thing implements Stateful {
    private long number = 1;
    private final long[] numbers = {2, 3};
    private byte[] data = {4};
    private List<byte[]> list = List.of(new byte[] {5}, new byte[0]);
    private String text = "six";
    private final Ram ram = Ram.ram(0, 4L * PagedMemory.PAGE_SIZE);
    private final List<Thing> inner;
    private int forgotten;

    Thing(Thing... inner) {
      this.inner = List.of(inner);
    }

    @Override
    public void visitState(StateVisitor visitor) {
      number = visitor.number("number", number);
      visitor.numbers("numbers", numbers);
      data = visitor.data("data", data);
      list = visitor.list("list", list);
      text = visitor.text("text", text);
      visitor.memory("ram", ram);
      inner.forEach(thing -> visitor.part("inner", thing));
    }

    @Override
    public void stateLoaded() {
      forgotten++;
    }
  }

  @Test
  void a_loaded_part_has_the_saved_values() {
    Thing from = new Thing(new Thing());
    from.number = 10;
    from.inner.getFirst().numbers[1] = 11;
    from.data = new byte[] {1, 2, 3};
    from.list = List.of(new byte[] {9});
    from.text = "seven";
    from.ram.store(PagedMemory.PAGE_SIZE, 8, 12);
    StateTree saved = StateTree.save(from);
    Thing to = new Thing(new Thing());
    to.ram.store(2 * PagedMemory.PAGE_SIZE, 8, 13);
    saved.load(to);
    assertThat(saved.differences(StateTree.save(to))).isEmpty();
    assertThat(to.ram.load(2 * PagedMemory.PAGE_SIZE, 8)).isZero();
    assertThat(to.text).isEqualTo("seven");
  }

  @Test
  void every_part_forgets_once_after_all_is_loaded() {
    Thing to = new Thing(new Thing());
    StateTree.save(new Thing(new Thing())).load(to);
    assertThat(to.forgotten).isEqualTo(1);
    assertThat(to.inner.getFirst().forgotten).isEqualTo(1);
  }

  @Test
  void differences_are_told_by_path() {
    Thing one = new Thing(new Thing());
    Thing other = new Thing(new Thing());
    other.number = 7;
    other.inner.getFirst().text = "other";
    other.inner.getFirst().ram.store(3 * PagedMemory.PAGE_SIZE + 8, 1, 1);
    assertThat(StateTree.save(one).differences(StateTree.save(other)))
        .containsExactly("number", "inner/text", "inner/ram/page 3");
  }

  @Test
  void a_saved_state_does_not_change_with_its_part() {
    Thing thing = new Thing();
    StateTree before = StateTree.save(thing);
    thing.numbers[0] = 99;
    thing.ram.store(0, 8, 1);
    assertThat(before.differences(StateTree.save(thing))).containsExactly("numbers", "ram/page 0");
  }

  @Test
  void the_state_of_another_kind_of_part_is_refused() {
    StateTree flat = StateTree.save(new Thing());
    StateTree nested = StateTree.save(new Thing(new Thing()));
    assertThatThrownBy(() -> flat.load(new Thing(new Thing())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inner");
    assertThatThrownBy(() -> nested.load(new Thing())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void two_values_of_one_name_are_a_mistake() {
    assertThatThrownBy(() -> StateTree.save(new Thing(new Thing(), new Thing())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inner");
  }
}
