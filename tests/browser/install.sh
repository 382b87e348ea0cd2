#!/usr/bin/env bash
# Makes sure that the browser tests find a browser. An installed Chromium or Chrome is used as it
# is; otherwise Debian's package where apt-get can run as root; otherwise Playwright's own build.
set -euo pipefail
python=$1

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then
    echo "Browser tests use $(command -v "$name")."
    exit 0
  fi
done

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Debian's chromium for the browser tests."
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null; then
    exit 0
  fi
fi

echo "Installing Playwright's own Chromium for the browser tests."
if "$python" -m playwright install chromium; then
  exit 0
fi

echo "The browser tests need Chromium or Chrome and none could be installed." \
  "Install one (for example: sudo apt-get install chromium) and run make test again." >&2
exit 1
