#!/usr/bin/env bash
# Unpacks Hurl of Debian unstable, with the libraries it needs, into a folder of its own, and installs nothing on the
# system: its npm package downloads its program from elsewhere. Needs Debian's apt, and to be root.
# usage: hurl.sh FOLDER (prints the path of the program)
set -eu
folder=$(mkdir -p "${1:?usage: hurl.sh FOLDER}" && cd "$1" && pwd)
if [ -x "$folder/hurl" ]; then echo "$folder/hurl"; exit 0; fi
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo 'there is no apt here' >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo 'apt wants root' >&2; exit 1; }
state=$folder/apt
trap 'rm -rf "$state"' EXIT
mkdir -p "$state/lists/partial" "$state/archives/partial" "$folder/root"
: >"$state/status"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep debian | grep -v security | head -n 1)
[ -n "$mirror" ] || { echo 'apt knows no mirror of Debian' >&2; exit 1; }
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror unstable main" >"$state/sources.list"
apt() {
  apt-get -qq -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State="$state" \
    -o Dir::State::Status="$state/status" -o Dir::State::Lists="$state/lists" -o Dir::Cache="$state" \
    -o APT::Install-Recommends=false -o APT::Sandbox::User=root "$@" >&2
}
apt update
apt install --download-only -y hurl
for package in "$state"/archives/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
# Its C library is newer than that of the system: the loader that came along takes the libraries that came along.
loader=$(find "$folder/root" \( -name 'ld-linux-x86-64.so.2' -o -name 'ld-linux-aarch64.so.1' \) | head -n 1)
libraries=$(find "$folder/root" -type d -path '*/lib/*-linux-gnu' | paste -sd:)
printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' "$loader" "$libraries" "$folder/root/usr/bin/hurl" >"$folder/hurl"
chmod +x "$folder/hurl"
"$folder/hurl" --version >&2
echo "$folder/hurl"
