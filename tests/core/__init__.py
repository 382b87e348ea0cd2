"""One file a room of `mnist_core`, through its public names, against oracles of other making."""
