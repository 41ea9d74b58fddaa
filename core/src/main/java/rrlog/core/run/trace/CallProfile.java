package rrlog.core.run.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rrlog.core.machine.platform.image.Symbol;
import rrlog.core.machine.platform.image.SymbolTable;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Privilege;
import rrlog.core.machine.riscv.hart.Probe;

/**
 * Counts instructions by the functions that were being called. Calls and returns are those that the
 * RISC-V calling convention's hints say ({@code jal} and {@code jalr} with ra or t0); a trap's
 * handler is called by what was interrupted. Where a return leads to no caller that is known, as
 * when an operating system goes to another task, the stack begins anew.
 */
public final class CallProfile implements Tracer {
  /** Deeper calls are counted for the caller. */
  private static final int DEEPEST = 256;

  /** More call paths are counted for the caller. */
  private static final int MOST_PATHS = 1_000_000;

  private static final int RA = 1;
  private static final int T0 = 5;
  private static final int JAL = 0x6f;
  private static final int JALR = 0x67;

  private static final class Node {
    final int symbol;
    final Map<Integer, Node> callees = new TreeMap<>();
    long instructions;

    Node(int symbol) {
      this.symbol = symbol;
    }
  }

  private record Frame(Node node, long returnTo, boolean trap) {}

  private final Hart hart;
  private final long[] starts;
  private final long[] ends;
  private final String[] names;
  private final Node root = new Node(-1);
  private final List<Frame> stack = new ArrayList<>();
  private final Probe traps = new Traps();

  private Node node = root;
  private int symbol = -1;
  private long from = 1;
  private long to;
  private long pc;
  private long word = -1;
  private boolean trapped;
  private int paths;

  /** Nothing was executed yet. */
  public CallProfile(Hart hart, SymbolTable symbols) {
    this.hart = hart;
    List<Symbol> code = functions(symbols);
    this.starts = new long[code.size()];
    this.ends = new long[code.size()];
    this.names = new String[code.size()];
    for (int i = 0; i < code.size(); i++) {
      Symbol one = code.get(i);
      starts[i] = one.address();
      names[i] = one.name();
      long next = i + 1 < code.size() ? code.get(i + 1).address() : -1;
      long own = one.address() + one.size();
      ends[i] = one.size() > 0 && Long.compareUnsigned(own, next) < 0 ? own : next;
    }
  }

  private static List<Symbol> functions(SymbolTable symbols) {
    Map<Long, Symbol> byAddress = new TreeMap<>(Long::compareUnsigned);
    symbols.symbols().stream()
        .filter(Symbol::function)
        .forEach(symbol -> byAddress.put(symbol.address(), symbol));
    return List.copyOf(byAddress.values());
  }

  @Override
  public void before() {
    word = hart.countsWaiting() ? -1 : hart.peekInstruction(hart.pc());
    if (word < 0) {
      return;
    }
    pc = hart.pc();
    if (Long.compareUnsigned(pc - from, to - from) >= 0) {
      enter(pc);
    }
    node.instructions++;
  }

  /** The pc is in another function than the instruction before. */
  private void enter(long address) {
    symbol = indexOf(address);
    from = symbol < 0 ? address : starts[symbol];
    to = symbol < 0 ? address + 1 : ends[symbol];
    if (node.symbol != symbol) {
      // Neither a call nor a return led here: it takes the place of the one before.
      Node caller = stack.isEmpty() ? root : callerOf(stack.size() - 1);
      node = callee(caller, symbol);
      if (!stack.isEmpty()) {
        Frame top = stack.removeLast();
        stack.addLast(new Frame(node, top.returnTo(), top.trap()));
      }
    }
  }

  private Node callerOf(int frame) {
    return frame == 0 ? root : stack.get(frame - 1).node();
  }

  private Node callee(Node caller, int called) {
    Node known = caller.callees.get(called);
    if (known != null) {
      return known;
    }
    if (paths == MOST_PATHS) {
      return caller;
    }
    paths++;
    Node made = new Node(called);
    caller.callees.put(called, made);
    return made;
  }

  private int indexOf(long address) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int found = low - 1;
    return found >= 0 && Long.compareUnsigned(address, ends[found]) < 0 ? found : -1;
  }

  @Override
  public void after() {
    if (word < 0 || trapped) {
      trapped = false;
      return;
    }
    int opcode = (int) word & 0x7f;
    int rd = (int) word >>> 7 & 31;
    int rs1 = (int) word >>> 15 & 31;
    if (opcode == JAL || opcode == JALR) {
      if (isLink(rd)) {
        call(hart.pc(), pc + 4, false);
      } else if (opcode == JALR && isLink(rs1)) {
        returned(hart.pc());
      }
    } else if ((word & 0xf07f) == 0x9002 && (word & 0xf80) != 0) {
      call(hart.pc(), pc + 2, false); // c.jalr
    } else if ((word & 0xf07f) == 0x8002 && isLink(rd)) {
      returned(hart.pc()); // c.jr ra
    } else if (word == 0x30200073L || word == 0x10200073L) {
      trapReturned(); // mret, sret
    }
  }

  private static boolean isLink(int register) {
    return register == RA || register == T0;
  }

  private void call(long target, long returnTo, boolean trap) {
    symbol = indexOf(target);
    from = symbol < 0 ? target : starts[symbol];
    to = symbol < 0 ? target + 1 : ends[symbol];
    node = stack.size() < DEEPEST ? callee(node, symbol) : node;
    if (stack.size() == 2 * DEEPEST) {
      stack.removeFirst();
    }
    stack.addLast(new Frame(node, returnTo, trap));
  }

  private void returned(long target) {
    for (int i = stack.size() - 1; i >= 0 && !stack.get(i).trap(); i--) {
      if (stack.get(i).returnTo() == target) {
        popTo(i);
        return;
      }
    }
    restart();
  }

  private void trapReturned() {
    for (int i = stack.size() - 1; i >= 0; i--) {
      if (stack.get(i).trap() && stack.get(i).returnTo() == hart.pc()) {
        popTo(i);
        return;
      }
    }
    restart();
  }

  private void popTo(int size) {
    node = callerOf(size);
    stack.subList(size, stack.size()).clear();
    from = 1;
    to = 1;
  }

  private void restart() {
    stack.clear();
    node = root;
    from = 1;
    to = 1;
  }

  private final class Traps implements Probe {
    @Override
    public boolean executing(long at) {
      return false;
    }

    @Override
    public void accessing(boolean store, long address, int size, long value) {
      // Memory does not matter.
    }

    private long interruptedAt;
    private Privilege interrupted = Privilege.MACHINE;

    @Override
    public void trapping(int cause, long value, boolean interrupt) {
      interruptedAt = hart.pc();
      interrupted = hart.privilege();
      trapped = !interrupt;
    }

    @Override
    public void trapped() {
      if (interrupted == Privilege.USER) {
        // A process's system call: how the process got there is another matter, below it.
        restart();
      }
      call(hart.pc(), interruptedAt, true);
    }

    @Override
    public void writing(int csr, long value) {
      // CSRs do not matter.
    }
  }

  @Override
  public Probe traps() {
    return traps;
  }

  private String name(int index) {
    return index < 0 ? "[unknown]" : names[index];
  }

  /** Takes stacks. */
  @FunctionalInterface
  public interface Stacks {
    /**
     * One of them.
     *
     * @param functions the outermost first
     * @param instructions executed there, not in what it calls
     */
    void at(List<String> functions, long instructions);
  }

  /** Hands out all stacks in which instructions were executed. */
  public void forEach(Stacks consumer) {
    forEach(root, new ArrayList<>(), consumer);
  }

  private void forEach(Node at, List<String> path, Stacks consumer) {
    if (at != root) {
      path.addLast(name(at.symbol));
    }
    if (at.instructions > 0) {
      consumer.at(path.isEmpty() ? List.of(name(-1)) : List.copyOf(path), at.instructions);
    }
    at.callees.values().forEach(callee -> forEach(callee, path, consumer));
    if (at != root) {
      path.removeLast();
    }
  }

  /** Instructions of each function itself, the most first. */
  public Map<String, Long> byFunction() {
    Map<String, Long> sums = new TreeMap<>();
    forEach((path, instructions) -> sums.merge(path.getLast(), instructions, Long::sum));
    Map<String, Long> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
