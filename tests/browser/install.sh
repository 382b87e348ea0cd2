#!/usr/bin/env bash
# Makes sure that the browser tests find a browser, and Caddy to stand before two servers. Debian's
# package of Chromium without windows is taken where apt-get can run as root, since it is the quickest;
# otherwise an installed Chromium or Chrome; otherwise Playwright's own build.
set -euo pipefail
python=$1

# Caddy is unpacked from its package, not installed: that would start a server on port 80.
beside=$(dirname "$python")
if ! command -v caddy >/dev/null && [ ! -x "$beside/caddy" ] && command -v apt-get >/dev/null; then
  echo "Fetching Debian's Caddy for the tests of several servers."
  folder=$(mktemp -d)
  if [ "$(id -u)" = 0 ]; then apt-get update -qq >/dev/null || true; fi
  (cd "$folder" && apt-get download -qq caddy && dpkg-deb -x caddy_*.deb .) >/dev/null &&
    cp "$folder/usr/bin/caddy" "$beside/caddy" || echo "Caddy could not be fetched: install it." >&2
  rm -r "$folder"
fi

if ! command -v chromium-headless-shell >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Debian's chromium-headless-shell for the browser tests."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell; } >/dev/null || true
fi

for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then
    echo "Browser tests use $(command -v "$name")."
    exit 0
  fi
done

echo "Installing Playwright's own Chromium for the browser tests."
if "$python" -m playwright install chromium; then
  exit 0
fi

echo "The browser tests need Chromium or Chrome and none could be installed." \
  "Install one (for example: sudo apt-get install chromium) and run make test again." >&2
exit 1
