"""The commands: each one a function that imports what it needs when it is called."""
