"""What the page One step is made of: the network on the bench, its way forward and backward."""
