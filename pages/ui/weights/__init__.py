"""The sections of the Weights page, and the network, stage and layer that they show."""
