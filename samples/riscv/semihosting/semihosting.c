// Semihosting without what only the host knows: output, :tt, the command line, the features, an exit with a code. HOST
// asks whether its output is a terminal, which no log tells; USER calls from U-mode, where it is an ordinary ebreak.
//   riscv64-unknown-elf-gcc -march=rv64gc -mabi=lp64d -mcmodel=medany -O1 -nostdlib -ffreestanding -T link.ld [-DHOST|-DUSER]
typedef unsigned char u8;
typedef unsigned long u64;
#define UART (*(volatile u8 *)0x10000000UL)
__asm__(".section .text.start\n.globl _start\n_start: la sp, stack_top\nla t0, trap\ncsrw mtvec, t0\ncall main\n1: j 1b\n"
        ".balign 4\ntrap: csrr a0, mcause\ncsrr a1, mepc\ncall trapped\n");
static void print(const char *s) { while (*s) UART = *s++; }
static void show(const char *key, u64 value) {
  print(key);
  for (int i = 60; i >= 0; i -= 4) UART = "0123456789abcdef"[value >> i & 15];
  print("\n");
}
__attribute__((noinline)) static u64 call(u64 operation, const volatile void *block) {
  register u64 a0 __asm__("a0") = operation;
  register u64 a1 __asm__("a1") = (u64)block;
  __asm__ volatile(".option push\n.option norvc\n.balign 16\nslli x0,x0,0x1f\nebreak\nsrai x0,x0,7\n.option pop"
                   : "+r"(a0) : "r"(a1) : "memory");
  return a0;
}
static void end(u64 code) {
  volatile u64 block[2] = {0x20026, code};
  call(0x18, block);
  print("not reached\n");
  for (;;) {}
}
void trapped(u64 cause, u64 pc) { show("trap ", cause); end(cause); }
static u64 open(const char *name, u64 mode, u64 length) {
  volatile u64 block[3] = {(u64)name, mode, length};
  return call(0x01, block);
}
static u64 transfer(u64 operation, u64 file, const volatile void *bytes, u64 count) {
  volatile u64 block[3] = {file, (u64)bytes, count};
  return call(operation, block);
}
static u64 of(u64 operation, u64 a, u64 b) {
  volatile u64 block[2] = {a, b};
  return call(operation, block);
}
int main(void) {
  print("serial\n");
#ifdef USER
  u64 mode = 3UL << 11;
  __asm__ volatile("csrw pmpaddr0, %0\ncsrw pmpcfg0, %1\ncsrc mstatus, %2\nla t0, 1f\ncsrw mepc, t0\nmret\n1:"
                   :: "r"(-1L), "r"(0x1fUL), "r"(mode) : "t0");
  call(0x04, "by U-mode\n");
  end(7);
#endif
  show("write0 ", call(0x04, "hello by semihosting\n"));
  show("writec ", call(0x03, "!"));
  call(0x03, "\n");
  u64 out = open(":tt", 4, 3), err = open(":tt", 8, 3), in = open(":tt", 0, 3);
  show("out ", out); show("err ", err); show("in ", in);
  show("write ", transfer(0x05, out, "to out\n", 7));
  show("write ", transfer(0x05, err, "to err\n", 7));
  show("unknown file ", transfer(0x05, 99, "nothing\n", 8));
  show("read of unknown ", transfer(0x06, 99, (void *)0x80010000UL, 8));
  show("errno ", call(0x13, 0));
  show("is error ", of(0x08, -5, 0)); show("is error ", of(0x08, 5, 0));
  show("close ", of(0x02, out, 0));
  show("closed ", transfer(0x05, out, "nothing\n", 8));
  show("frequency ", call(0x31, 0));
  static char line[64];
  volatile u64 block[2] = {(u64)line, sizeof line};
  show("command line ", call(0x15, block)); show("length ", block[1]); print(line); print("\n");
  block[1] = 3;
  show("too short ", call(0x15, block)); show("length ", block[1]);
  u64 features = open(":semihosting-features", 0, 21);
  show("features ", features); show("length ", of(0x0c, features, 0)); show("terminal ", of(0x09, features, 0));
  show("left ", transfer(0x06, features, line, 3)); show("left ", transfer(0x06, features, line + 3, 9));
  show("left ", transfer(0x06, features, line, 2));
  for (int i = 0; i < 5; i++) show("byte ", (u8)line[i]);
  show("seek ", of(0x0a, features, 1)); show("left ", transfer(0x06, features, line, 2)); show("byte ", (u8)line[0]);
  show("write to features ", transfer(0x05, features, "x", 1));
  show("seek beyond ", of(0x0a, features, 9)); show("errno ", call(0x13, 0));
  show("close unknown ", of(0x02, 99, 0)); show("errno ", call(0x13, 0));
  show("close ", of(0x02, features, 0));
  show("features to write ", open(":semihosting-features", 4, 21)); show("errno ", call(0x13, 0));
  show("terminal unknown ", of(0x09, 99, 0)); show("seek unknown ", of(0x0a, 99, 0)); show("length unknown ", of(0x0c, 99, 0));
  show("cut name ", open(":tt", 4, 2)); show("errno ", call(0x13, 0));
  show("open by mode 12 ", open(":tt", 12, 3)); show("errno ", call(0x13, 0));
  u64 instret;
  __asm__ volatile("csrr %0, minstret" : "=r"(instret));
  show("instret ", instret);
#ifdef HOST
  show("terminal ", of(0x09, err, 0));
#endif
  volatile u64 exit[2] = {0x20026, 37};
  call(0x20, exit);
  return 0;
}
