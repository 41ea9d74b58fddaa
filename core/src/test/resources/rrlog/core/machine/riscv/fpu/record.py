#!/usr/bin/env python3
"""Records what QEMU's RISC-V hart answers to floating-point instructions; see README.md.

usage: record.py CASES-PER-OP-AND-MODE SEED OUTPUT [OPERATION-PREFIX]
"""
import random
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

# name: (format of a, b, c; destination): s and d are floating-point registers, x is an integer one.
OPS = {}
for f in "sd":
    for name in ("fadd", "fsub", "fmul", "fdiv", "fmin", "fmax", "fsgnj", "fsgnjn", "fsgnjx"):
        OPS[f"{name}.{f}"] = (f + f, "f")
    for name in ("fmadd", "fmsub", "fnmsub", "fnmadd"):
        OPS[f"{name}.{f}"] = (f + f + f, "f")
    for name in ("feq", "flt", "fle"):
        OPS[f"{name}.{f}"] = (f + f, "x")
    OPS[f"fsqrt.{f}"] = (f, "f")
    OPS[f"fclass.{f}"] = (f, "x")
    for i in ("w", "wu", "l", "lu"):
        OPS[f"fcvt.{i}.{f}"] = (f, "x")
        OPS[f"fcvt.{f}.{i}"] = ("x", "f")
OPS["fcvt.d.s"] = ("s", "f")
OPS["fcvt.s.d"] = ("d", "f")
NAMES = sorted(OPS)
UNROUNDED = ("fmin", "fmax", "fsgnj", "feq", "flt", "fle", "fclass")


def program():
    lines = [
        ".globl _start", "_start:",
        "li t0, 0x6000", "csrs mstatus, t0",
        "li s0, 0x82000000", "ld s1, 0(s0)", "addi s0, s0, 8", "la s2, table",
        "li s3, 0x10000000", "la s5, digits",
        "next:", "beqz s1, done",
        "ld t0, 0(s0)", "ld t1, 8(s0)", "fld fa0, 16(s0)", "fld fa1, 24(s0)", "fld fa2, 32(s0)",
        "ld a0, 16(s0)", "addi s0, s0, 40", "addi s1, s1, -1",
        "slli t1, t1, 5", "csrw fcsr, t1",
        "slli t0, t0, 3", "add t0, t0, s2", "jr t0",
        "answer_f:", "fmv.x.d a3, fa3",
        "answer_x:", "csrr a4, fflags",
        "li t2, 60",
        "1:", "srl t3, a3, t2", "andi t3, t3, 15", "add t3, t3, s5", "lbu t3, 0(t3)",
        "sb t3, 0(s3)", "addi t2, t2, -4", "bgez t2, 1b",
        "li t2, 4",
        "2:", "srl t3, a4, t2", "andi t3, t3, 15", "add t3, t3, s5", "lbu t3, 0(t3)",
        "sb t3, 0(s3)", "addi t2, t2, -4", "bgez t2, 2b",
        "li t3, 10", "sb t3, 0(s3)", "j next",
        "done:", "li t0, 0x100000", "li t1, 0x5555", "sw t1, 0(t0)", "j done",
        "digits: .ascii \"0123456789abcdef\"",
        ".balign 8", ".option norvc", "table:",
    ]
    for name in NAMES:
        sources, destination = OPS[name]
        operands = ["a0"] if sources == "x" else ["fa0", "fa1", "fa2"][: len(sources)]
        target = "fa3" if destination == "f" else "a3"
        mode = ", dyn" if "cvt" in name and not name in ("fcvt.d.s", "fcvt.d.w", "fcvt.d.wu") else ""
        lines += [f"{name} {target}, {', '.join(operands)}{mode}", f"j answer_{destination}"]
    return "\n".join(lines) + "\n"


def number(r, fraction, exponent_bits):
    top = (1 << exponent_bits) - 1
    bias = top >> 1
    kind = r.randrange(20)
    sign = r.getrandbits(1)
    mantissa = r.choice([
        lambda: r.getrandbits(fraction),
        lambda: r.getrandbits(fraction),
        lambda: 0,
        lambda: (1 << fraction) - 1,
        lambda: 1 << r.randrange(fraction),
        lambda: (1 << fraction) - (1 << r.randrange(fraction)),
        lambda: r.getrandbits(8),
        lambda: r.getrandbits(fraction) >> (fraction // 2) << (fraction // 2),
    ])()
    if kind == 0:
        exponent, mantissa = 0, 0
    elif kind == 1:
        exponent, mantissa = top, 0
    elif kind == 2:
        exponent = top
    elif kind in (3, 4):
        exponent = 0
    elif kind == 5:
        exponent = r.randrange(1, 4)
    elif kind == 6:
        exponent = r.randrange(top - 4, top)
    elif kind in (7, 8):
        exponent = r.randrange(1, top)
    elif kind == 9:
        exponent = r.choice([bias // 2, bias + bias // 2, bias - fraction]) + r.randrange(-3, 4)
    elif kind == 10:
        exponent = bias + r.choice([31, 32, 63, 64]) + r.randrange(-2, 2)
    else:
        exponent = bias + r.randrange(-fraction - 4, fraction + 5) // r.choice([1, 2, 8, 30])
    return sign << (fraction + exponent_bits) | exponent << fraction | mantissa


def operand(r, kind):
    if kind == "d":
        return number(r, 52, 11)
    if kind == "s":
        # Now and then not a boxed single.
        return (r.getrandbits(32) if r.randrange(50) == 0 else 0xFFFFFFFF) << 32 | number(r, 23, 8)
    value = r.getrandbits(64) >> r.randrange(64)
    return r.choice([value, -value, ~value, 1 << 63, (1 << 63) - 1, value | 1 << 63,
                     (value << 11) + r.choice([-1, 0, 1]) + (1 << 10)]) & (1 << 64) - 1


def cancelling(r, kind, values):
    """An addend that takes most of the product of the first two away, or doubles it."""
    wide, narrow = ("<Q", "<d") if kind == "d" else ("<I", "<f")
    mask = (1 << 8 * struct.calcsize(wide)) - 1
    x, y = (struct.unpack(narrow, struct.pack(wide, v & mask))[0] for v in values[:2])
    try:
        bits = struct.unpack(wide, struct.pack(narrow, x * y))[0]
    except OverflowError:
        return values[2]
    bits = (bits ^ r.getrandbits(1) << mask.bit_length() - 1) + r.randrange(-1, 2) & mask
    return bits if kind == "d" else bits | 0xFFFFFFFF00000000


def cases(count, seed, prefix):
    r = random.Random(seed)
    for name in NAMES:
        if not name.startswith(prefix):
            continue
        for mode in [0] if name.startswith(UNROUNDED) else range(5):
            for _ in range(count):
                values = [operand(r, k) for k in OPS[name][0]]
                if len(values) > 1 and r.randrange(8) == 0:
                    values[1] = values[0] ^ r.getrandbits(2) ^ r.getrandbits(1) << (
                        63 if OPS[name][0][0] == "d" else 31)
                if len(values) == 3 and r.randrange(4) == 0:
                    values[2] = cancelling(r, OPS[name][0][0], values)
                yield name, mode, values + [0] * (3 - len(values))


def main():
    count, seed, output = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    prefix = sys.argv[4] if len(sys.argv) > 4 else ""
    listed = list(cases(count, seed, prefix))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "p.S").write_text(program())
        (path / "cases.bin").write_bytes(
            struct.pack("<Q", len(listed))
            + b"".join(struct.pack("<5Q", NAMES.index(n), m, *v) for n, m, v in listed))
        subprocess.run(
            ["riscv64-unknown-elf-gcc", "-march=rv64gc", "-mabi=lp64d", "-nostdlib", "-static",
             "-Wl,-Ttext=0x80000000", "-o", path / "p.elf", path / "p.S"], check=True)
        subprocess.run(
            ["qemu-system-riscv64", "-M", "virt", "-m", "512", "-bios", "none", "-display", "none",
             "-monitor", "none", "-serial", f"file:{path}/out", "-kernel", path / "p.elf",
             "-device", f"loader,file={path}/cases.bin,addr=0x82000000"], check=True)
        answers = (path / "out").read_text().split()
    assert len(answers) == len(listed), (len(answers), len(listed))
    with open(output, "w") as out:
        for (name, mode, values), answer in zip(listed, answers):
            used = " ".join(f"{v:016x}" for v in values[: len(OPS[name][0])])
            out.write(f"{name} {mode} {used} = {answer[:16]} {answer[16:]}\n")


main()
