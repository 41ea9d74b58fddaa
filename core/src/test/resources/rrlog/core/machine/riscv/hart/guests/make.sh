#!/bin/sh
# Builds the guests and runs them in QEMU 7.2.22, whose output is what GuestsTest compares with. Commit both.
set -e
cd "$(dirname "$0")"
for source in *.c; do
  guest=${source%.c}
  case $guest in
    instructions) more=exec.S ;;
    csrs|counters) more= ;;
    waiting) more="probe.S wfi.S" ;;
    *) more=probe.S ;;
  esac
  # shellcheck disable=SC2086
  riscv64-unknown-elf-gcc -march=rv64gc_zicsr_zifencei -mabi=lp64d -mcmodel=medany -O1 -fno-builtin -fno-pic \
    -nostdlib -ffreestanding -s -Wl,-T,link.ld -Wl,--no-warn-rwx-segments -o "$guest.elf" start.S $more "$source"
  timeout 60 qemu-system-riscv64 -M virt -bios none -kernel "$guest.elf" -icount shift=0,sleep=off \
    -display none -serial stdio -monitor none < /dev/null > "$guest.console"
done
