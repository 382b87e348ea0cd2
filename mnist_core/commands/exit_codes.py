"""The exit codes of the commands; the last two are a shell's for SIGINT and SIGPIPE."""

DIVERGED = 1
BAD_INPUT = 2
INTERRUPTED = 128 + 2
BROKEN_PIPE = 128 + 13
