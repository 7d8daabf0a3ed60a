# Sourced by kiosk/run and tests/run: installs what is missing from the one package list and builds.
# Callers set `here` (the checkout) first. Needs no network once everything is installed.

say() { printf '%s\n' "$*" >&2; }

is_installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# qabyl_packages [tests [ci]]: installs what assets/packages.txt names and this machine lacks. A word
# "package:command" is for the tests alone, only where the command is missing, and not insisted on; "ci:..." for the long ones.
qabyl_packages() {
  missing=
  optional=
  for package in $(sed 's/#.*//' "$here/assets/packages.txt"); do
    case $package in
      ci:*)
        [ "${2:-}" = ci ] || continue
        package=${package#ci:} ;;
    esac
    case $package in
      *:)
        is_installed "${package%:}" || optional="$optional ${package%:}" ;;
      *:*)
        [ "${1:-}" != tests ] || command -v "${package#*:}" >/dev/null 2>&1 || optional="$optional ${package%%:*}" ;;
      *)
        is_installed "$package" || missing="$missing $package" ;;
    esac
  done
  if [ -n "$missing" ]; then qabyl_install $missing || return 1; fi
  [ -z "$optional" ] || qabyl_install $optional || say "Going on without:$optional"
}

# qabyl_install PACKAGE ...
qabyl_install() {
  say "Installing: $*"
  if [ "$(id -u)" = 0 ]; then root=
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then root=sudo
  elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then root=sudo
  else
    say "Please run this line as root, then start again:"
    say "  apt-get update && apt-get install -y --no-install-recommends $*"
    return 1
  fi
  log=$(mktemp)
  if ! { $root apt-get update &&
         $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# qabyl_build PRESET [TARGET ...]: configures once, then builds; progress goes to the terminal.
qabyl_build() {
  preset=$1; shift
  build="$here/build/$preset"
  if [ ! -f "$build/build.ninja" ]; then
    say "Configuring ($preset) in $build"
    (cd "$here" && cmake --preset "$preset" >"$here/build-$preset.log" 2>&1) || { cat "$here/build-$preset.log" >&2; return 1; }
    mv "$here/build-$preset.log" "$build/configure.log"
  fi
  say "Building ($preset)"
  if [ -t 2 ]; then
    cmake --build "$build" ${1:+--target "$@"} >&2 || return 1
  else
    cmake --build "$build" ${1:+--target "$@"} >"$build/build.log" 2>&1 || { tail -n 60 "$build/build.log" >&2; return 1; }
  fi
}
