#!/bin/sh
# Makes the images of this folder with qemu-img and qemu-io (7.2.22 made those that are here), and what QEMU reads from them.
set -e
cd "$(dirname "$0")"
rm -f ./*.qcow2 ./*.raw ./*.vmdk ./*.vdi ./*.vhdx ./*.vpc SHA256SUMS
q() { qemu-img "$@" >/dev/null; }
io() { f=$1; shift; for c in "$@"; do qemu-io -f qcow2 -c "$c" "$f" >/dev/null; done; }
head -c 40000 /dev/zero | tr '\0' B > base.raw
printf 'the last sector is not whole' >> base.raw
q create -f qcow2 -o cluster_size=4096 v3.qcow2 200K
io v3.qcow2 'write -P 1 0 512' 'write -P 2 5000 9000' 'write -P 3 150000 4096' 'write -z 4096 4096' 'discard 151552 4096'
q create -f qcow2 -o compat=0.10,cluster_size=512 v2.qcow2 100K
io v2.qcow2 'write -P 4 0 1024' 'write -P 5 40960 20000'
q convert -c -f qcow2 -O qcow2 -o cluster_size=8192 v3.qcow2 compressed.qcow2
io compressed.qcow2 'write -P 6 20000 700'
q create -f qcow2 -o cluster_size=1024 -b base.raw -F raw overlay.qcow2 60K
io overlay.qcow2 'write -P 7 1024 100' 'write -z 8192 1024'
q create -f qcow2 -o cluster_size=16384 -b overlay.qcow2 -F qcow2 overlay2.qcow2
q snapshot -c before overlay2.qcow2
io overlay2.qcow2 'write -P 8 30000 10'
q create -f vdi disk.vdi 100K; q create -f vpc disk.vpc 100K
cp ../riscv/flash_boot/program.raw /tmp/$$.raw; truncate -s 32M /tmp/$$.raw
q convert -c -f raw -O qcow2 -o cluster_size=65536 /tmp/$$.raw flash.qcow2; rm /tmp/$$.raw
for f in base.raw v3.qcow2 v2.qcow2 compressed.qcow2 overlay.qcow2 overlay2.qcow2 flash.qcow2; do
  case $f in *.raw) t=raw;; *) t=qcow2;; esac
  qemu-img convert -f $t -O raw $f /tmp/$$.raw; printf '%s  %s\n' "$(sha256sum < /tmp/$$.raw | cut -d' ' -f1)" $f
  rm /tmp/$$.raw
done > SHA256SUMS
