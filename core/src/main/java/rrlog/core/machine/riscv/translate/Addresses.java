package rrlog.core.machine.riscv.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Kind;
import rrlog.core.machine.riscv.mmu.Tlb;

/**
 * The way from the addresses of loads and stores to those of the host, in a region that has it
 * within itself.
 *
 * <p>A {@link Form#LOOPING} region remembers, for each register that points somewhere, what the TLB
 * said of the page where it last pointed. That stays true until the region ends, for nothing else
 * is executed meanwhile.
 */
final class Addresses {
  /** Local variables: a tag as the TLB's, and what to add to an address. */
  private record Page(int tag, int addend) {}

  private final CodeBuilder code;
  private final boolean remembers;
  private final Map<Integer, Page> pages = new HashMap<>();
  private final List<Runnable> rest = new ArrayList<>();

  Addresses(CodeBuilder code, boolean remembers) {
    this.code = code;
    this.remembers = remembers;
  }

  /** Emits what stands where a region begins: no page is known. */
  void begin(Shape shape) {
    for (int slot = shape.from(0); slot >= 0; slot = shape.from(slot + 1)) {
      long w = shape.instruction(slot);
      switch (Kind.of(Decoded.op(w))) {
        case LOAD -> page(Decoded.rs1(w), Tlb.READ);
        case STORE -> page(Decoded.rs1(w), Tlb.WRITE);
        default -> {}
      }
    }
    for (Page page : pages.values()) {
      code.loadConstant(-1L).lstore(page.tag).lconst_0().lstore(page.addend);
    }
  }

  /**
   * Emits what replaces the address on the stack by the host's, and keeps the first in {@link
   * Emitter#ADDRESS}.
   *
   * @param register from which the address was computed
   * @param tag which of the TLB's tags must allow the access
   * @param missed where to go if it does not
   */
  void find(int register, int size, int tag, Label missed) {
    code.lstore(Emitter.ADDRESS);
    if (!remembers) {
      lookUp(size, tag, missed);
      code.lload(Emitter.ADDRESS);
      entry(Tlb.ADDEND);
      code.ladd();
      return;
    }
    Page page = page(register, tag);
    Label elsewhere = code.newLabel();
    Label here = code.newLabel();
    pageOf(size);
    code.lload(page.tag).lcmp().ifne(elsewhere);
    code.labelBinding(here).lload(Emitter.ADDRESS).lload(page.addend).ladd();
    rest.add(
        () -> {
          code.labelBinding(elsewhere);
          lookUp(size, tag, missed);
          entry(tag);
          code.lstore(page.tag);
          entry(Tlb.ADDEND);
          code.lstore(page.addend).goto_(here);
        });
  }

  /** Emits what stands out of line. */
  void end() {
    rest.forEach(Runnable::run);
  }

  /** Compares the address with a tag of the TLB, whose entry is noted. */
  private void lookUp(int size, int tag, Label missed) {
    code.lload(Emitter.ADDRESS).loadConstant(10).lushr().l2i();
    code.loadConstant(Tlb.MASK).iand().istore(Emitter.ENTRY);
    entry(tag);
    pageOf(size);
    code.lcmp().ifne(missed);
  }

  /** The tag that the address needs; no page has it if it is misaligned. */
  private void pageOf(int size) {
    code.lload(Emitter.ADDRESS).loadConstant((long) -Ram.PAGE_SIZE | size - 1).land();
  }

  private void entry(int number) {
    code.aload(Emitter.THE_TLB).iload(Emitter.ENTRY);
    if (number != 0) {
      code.loadConstant(number).iadd();
    }
    code.laload();
  }

  private Page page(int register, int tag) {
    int local = Emitter.FIRST_PAGE + 4 * pages.size();
    return pages.computeIfAbsent(
        2 * register + (tag == Tlb.WRITE ? 1 : 0), k -> new Page(local, local + 2));
  }
}
