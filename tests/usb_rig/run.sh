#!/usr/bin/env bash
# Boots Debian's kernel in QEMU and tries the programs in BIN on USB devices that the kernel itself
# plays (dummy_hcd and its gadgets). Needs no root and no KVM, about a minute of two cores.
#     run.sh BIN FOLDER     FOLDER keeps the kernel for the next time
# Ends with 0 if every step of guest.py held.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
bin="$(cd "$1" && pwd)"
mkdir -p "$2"
rig="$(cd "$2" && pwd)"
PATH="$PATH:/usr/sbin:/sbin"
longest=300 # seconds

modules=(virtio_pci 9pnet_virtio 9p dummy_hcd usb_f_hid usb_f_printer usb_f_acm hid-generic usbhid
    usblp cdc-acm evdev vivid)

fail() {
    printf 'usb rig: %s\n' "$*" >&2
    exit 1
}

[[ $(dpkg --print-architecture) == amd64 ]] || fail "it knows amd64 alone"

# --- the kernel, once -------------------------------------------------------------------------

package="$(apt-cache depends linux-image-amd64 |
    awk '/Depends: linux-image-[0-9]/ && !seen++ {print $2}')"
[[ -n $package ]] || fail "apt knows no linux-image-amd64"
version="${package#linux-image-}"
if [[ ! -e $rig/kernel/boot/vmlinuz-$version ]]; then
    (cd "$rig" && rm -rf kernel ./*.deb && apt-get -q download "$package")
    dpkg-deb -x "$rig/$package"_*.deb "$rig/kernel.part"
    depmod -b "$rig/kernel.part" "$version"
    mv "$rig/kernel.part" "$rig/kernel"
    rm -f "$rig"/*.deb
fi

# --- what it boots into -----------------------------------------------------------------------

ram="$rig/ram"
rm -rf "$ram" "$rig/shared"
mkdir -p "$ram"/{bin,dev,proc,sys,mods,host} "$rig/shared"
cp "$(command -v busybox)" "$ram/bin/"
install -m755 "$here/init" "$ram/init"
for module in "${modules[@]}"; do
    while read -r _ file _; do
        name="$(basename "$file")"
        if [[ -e $ram/mods/${name%.xz} ]]; then continue; fi
        if [[ $name == *.xz ]]; then # from Debian 13 on
            name="${name%.xz}"
            xz -dc "$file" >"$ram/mods/$name"
        else
            cp "$file" "$ram/mods/$name"
        fi
        printf '%s\n' "$name" >>"$ram/mods/order"
    done < <(modprobe -S "$version" -d "$rig/kernel" --show-depends "$module" | grep ^insmod)
done
(cd "$ram" && find . | cpio --quiet -o -H newc | gzip -1) >"$rig/ram.gz"
cp "$here/guest.py" "$rig/shared/"
printf '%s' "$bin" >"$rig/shared/programs"

# --- and the test -----------------------------------------------------------------------------

timeout "$longest" qemu-system-x86_64 -machine q35 -accel tcg,thread=multi -cpu max -smp 2 -m 768 \
    -nographic -no-reboot -nic none \
    -virtfs local,path=/,mount_tag=hostroot,security_model=none,readonly=on,multidevs=remap \
    -virtfs "local,path=$rig/shared,mount_tag=shared,security_model=none" \
    -kernel "$rig/kernel/boot/vmlinuz-$version" -initrd "$rig/ram.gz" \
    -append "console=ttyS0 quiet panic=-1 rdinit=/init mitigations=off nokaslr" \
    </dev/null >"$rig/console.txt" 2>&1 || true
cat "$rig/shared/report" 2>/dev/null || true
[[ -e $rig/shared/code ]] || fail "it did not come to its end; see $rig/console.txt"
exit "$(cat "$rig/shared/code")"
